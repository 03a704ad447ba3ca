/** What a server says of its limits, and what is safe to believe before it was asked. */

import type { MastodonSettings } from '#src/channels/mastodon/settings.ts';
import { textLength } from '#src/core/length.ts';
import type { PostLimits } from '#src/core/post.ts';

/** Mastodon's own limits: a server that allows less says so in its instance document. */
const usual = {
  characters: 500,
  perUrl: 23,
  photos: 4,
  description: 1500,
  bytes: 16 * 1024 * 1024,
  pixels: 33_177_600,
};

/** Beyond them a server makes no sense, or means harm: texts are measured by padding them. */
const most: Readonly<typeof usual> = {
  characters: 1_000_000,
  perUrl: 500,
  photos: 100,
  description: 100_000,
  bytes: 1024 ** 3,
  pixels: 1_000_000_000,
};

/** The few numbers kept of `/api/v2/instance`, or of `/api/v1/instance` and Pleroma's names there. */
export function factsOf(instance: any): Record<string, unknown> {
  const { statuses, media_attachments: media } = instance?.configuration ?? {};
  const facts = {
    characters: positive(statuses?.max_characters ?? instance?.max_toot_chars, most.characters),
    perUrl: positive(statuses?.characters_reserved_per_url, most.perUrl),
    photos: positive(statuses?.max_media_attachments ?? instance?.max_media_attachments, most.photos),
    description: positive(media?.description_limit ?? instance?.description_limit, most.description),
    bytes: positive(media?.image_size_limit ?? instance?.upload_limit, most.bytes),
    pixels: positive(media?.image_matrix_limit, most.pixels),
  };
  const known = Object.entries(facts).filter(([, value]) => value !== null);
  return { ...Object.fromEntries(known), ...(isGoToSocial(instance) && { countsPlainly: true }) };
}

/** It counts code points, addresses in full, and does not remember keys. */
export function isGoToSocial(instance: any): boolean {
  return /gotosocial/i.test(`${instance?.version} ${instance?.source_url}`);
}

/** Graphemes, as Mastodon counts, unless the server is another; the content warning takes its share. */
export function limitsOf(
  { contentWarning = '' }: Pick<Partial<MastodonSettings>, 'contentWarning'>,
  facts: Readonly<Record<string, unknown>>,
): PostLimits {
  const fact = (name: keyof typeof usual): number => positive(facts[name], most[name]) ?? usual[name];
  const perUrl = fact('perUrl');
  const isPlain = facts['countsPlainly'] === true;
  const unit = isPlain ? 'code points' : 'graphemes';
  return {
    length: Math.max(fact('characters') - textLength(contentWarning.normalize('NFC'), unit), 1),
    unit,
    linkLength: isPlain ? null : perUrl,
    photos: fact('photos'),
    altLength: fact('description'),
    photo: { bytes: fact('bytes'), pixels: fact('pixels') },
    // Any `@name` of the server's own users would be told.
    breakMentions: true,
    // An address inside a text counts like any other: where it is shorter, for more than it shows.
    counted: (text) => text.replace(/https?:\/\/\S+/giu, (url) => url.padEnd(perUrl, 'x')),
  };
}

function positive(value: unknown, most: number): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= most ? value : null;
}
