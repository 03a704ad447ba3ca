/** A post as the server takes it: plain text, which it makes links and hashtags of itself. */
import type { MastodonSettings } from '#src/channels/mastodon/settings.ts';
import type { Post } from '#src/core/post.ts';

export function statusOf({ segments, language }: Post, { contentWarning, sensitive }: MastodonSettings) {
  return {
    status: segments
      .map(({ kind, text }) => (kind === 'text' ? written(text) : text))
      .join('')
      .normalize('NFC'),
    language: language.split('-')[0]!.toLowerCase(),
    sensitive,
    ...(contentWarning && { spoiler_text: contentWarning }),
  };
}

/** Only a mention we mean may notify anybody: in plain text U+200B behind the `@` ends any other before it begins. */
export function written(text: string): string {
  return text.replace(/(?<![\p{L}\p{M}\p{N}_=/])@(?=[A-Za-z0-9_])/gu, '@\u200B');
}
