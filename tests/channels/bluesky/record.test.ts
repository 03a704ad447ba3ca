import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordOf, richText } from '#src/channels/bluesky/record.ts';
import type { Segment } from '#src/core/post.ts';
import { somePost } from '#tests/fakes/posts.ts';

const url = 'https://bao.example/a';

const segments: Segment[] = [
  { kind: 'text', text: 'Đắk Lắk đón mưa 🌧 ' },
  { kind: 'link', text: url, url },
  { kind: 'text', text: ' ' },
  { kind: 'hashtag', text: '#ĐắkLắk' },
];

/** What a reader's app cuts out of the text by bytes. */
const shown = ({ text, facets }: { text: string; facets: any[] }) =>
  facets.map(({ index }) => Buffer.from(text).subarray(index.byteStart, index.byteEnd).toString());

const bare = { createdAt: Date.UTC(2026, 10, 25, 8), photos: [], thumb: null, reply: null };

describe('a record', () => {
  it('names links and hashtags by byte, whatever the form of the letters', () => {
    const forms = [segments, segments.map((one) => ({ ...one, text: one.text.normalize('NFD') }))];
    for (const form of forms) {
      const { text, facets } = richText(form);
      expect(Buffer.byteLength(text)).toBe(63);
      expect(facets).toEqual([
        { index: { byteStart: 29, byteEnd: 50 }, features: [{ $type: 'app.bsky.richtext.facet#link', uri: url }] },
        { index: { byteStart: 51, byteEnd: 63 }, features: [{ $type: 'app.bsky.richtext.facet#tag', tag: 'ĐắkLắk' }] },
      ]);
    }
  });

  it('keeps every facet on the words it was meant for', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('Đắk Lắk ', '👩‍👩‍👧 ', 'ฝนตก', 'أمطار', '大雨', '\ud83c', '@everyone ', '{{'),
    );
    const kinds = fc.constantFrom('text', 'link', 'hashtag', 'mention');
    fc.assert(
      fc.property(fc.array(fc.tuple(kinds, piece)), (pieces) => {
        const given = pieces.map(([kind, text]) => ({ kind, text, url }) as Segment);
        const made = richText(given) as { text: string; facets: any[] };
        const meant = given
          .filter(({ kind, text }) => (kind === 'link' && text) || (kind === 'hashtag' && text.replace(/^#/, '')))
          .map(({ text }) => text.toWellFormed().normalize('NFC'));
        expect(shown(made)).toEqual(meant);
      }),
    );
  });

  it('gives a shortened link its whole address, and mentions nobody', () => {
    const short: Segment[] = [
      { kind: 'mention', text: '@bandoc' },
      { kind: 'text', text: ' @everyone ' },
      { kind: 'link', text: 'bao.example/a…', url: `${url}?utm_source=bluesky` },
    ];
    const { facets } = richText(short) as any;
    expect(facets).toHaveLength(1);
    expect(facets[0].features).toEqual([{ $type: 'app.bsky.richtext.facet#link', uri: `${url}?utm_source=bluesky` }]);
  });

  it('leaves hashtags that are too long plain', () => {
    const { facets } = richText([{ kind: 'hashtag', text: `#${'mưa'.repeat(22)}` }]);
    expect(facets).toEqual([]);
  });

  it('shows a card of the article where there are no photos, and nothing without an address', () => {
    const post = somePost();
    const { embed, langs, createdAt } = recordOf(post, bare) as any;
    expect(embed).toEqual({
      $type: 'app.bsky.embed.external',
      external: { uri: post.link, title: post.article.headline, description: post.article.summary },
    });
    expect([langs, createdAt]).toEqual([['vi'], '2026-11-25T08:00:00.000Z']);
    expect(recordOf(somePost({ link: '' }), bare)).not.toHaveProperty('embed');
    expect(recordOf(somePost({ language: 'no language' }), bare)).not.toHaveProperty('langs');
  });

  it('shows photos with alt texts and shapes', () => {
    const blob = { $type: 'blob', ref: { $link: 'bafkrei1' }, mimeType: 'image/jpeg', size: 4 };
    const photos = [
      { blob, alt: 'Cầu treo', width: 1280, height: 960 },
      { blob, alt: null, width: 0, height: 0 },
    ];
    expect((recordOf(somePost(), { ...bare, photos }) as any).embed).toEqual({
      $type: 'app.bsky.embed.images',
      images: [
        { image: blob, alt: 'Cầu treo', aspectRatio: { width: 1280, height: 960 } },
        { image: blob, alt: '' },
      ],
    });
  });
});
