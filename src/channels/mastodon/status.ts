/** A post as the server takes it: plain text, which it makes links and hashtags of itself. */
import type { MastodonSettings } from '#src/channels/mastodon/settings.ts';
import { postText } from '#src/core/length.ts';
import type { Post } from '#src/core/post.ts';

export function statusOf({ segments, language: own }: Post, settings: MastodonSettings) {
  const { contentWarning, sensitive, language = own.split('-')[0]!.toLowerCase() } = settings;
  return {
    status: postText(segments).normalize('NFC'),
    language,
    sensitive,
    ...(contentWarning && { spoiler_text: contentWarning }),
  };
}
