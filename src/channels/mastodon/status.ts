/** A post as the server takes it: plain text, which it makes links and hashtags of itself. */
import type { MastodonSettings } from '#src/channels/mastodon/settings.ts';
import type { Post, Segment } from '#src/core/post.ts';

export function statusOf({ segments, language }: Post, { contentWarning, sensitive }: MastodonSettings) {
  return {
    status: segments.map(written).join('').normalize('NFC'),
    language: language.split('-')[0]!.toLowerCase(),
    sensitive,
    ...(contentWarning && { spoiler_text: contentWarning }),
  };
}

/**
 * Only a mention we mean may notify anybody: any other `@word` would be one. U+200C ends it and, belonging to the
 * character before, counts nothing; U+200B would push a full post over the limit.
 */
function written({ kind, text }: Segment): string {
  return kind === 'text' ? text.replace(/(?<![\p{L}\p{N}_=/])@(?=[A-Za-z0-9_])/gu, '@\u200C') : text;
}
