import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findNews } from '#src/sources/cms/known-posts.ts';
import { type CmsPost, cleanHints, contentStamp } from '#src/sources/cms/post.ts';

const post = fc.record({
  id: fc.nat(50).map(String),
  url: fc.constant(null),
  modified: fc.nat(5),
  published: fc.nat(),
  hints: fc.record({ headline: fc.string({ unit: 'grapheme' }), bodyHtml: fc.string() }),
}) satisfies fc.Arbitrary<CmsPost>;

describe('what is known of posts', () => {
  it('tells of each once: the same list again is no news', () => {
    fc.assert(
      fc.property(fc.uniqueArray(post, { selector: ({ id }) => id }), (posts) => {
        const first = findNews(posts, [], 1e6);
        expect(first.refs.map(({ externalId }) => externalId)).toEqual(posts.map(({ id }) => `post:${id}`));
        expect(findNews(posts, first.known, 1e6).refs).toEqual([]);
        expect(findNews(posts.toReversed(), first.known, 1e6).refs).toEqual([]);
      }),
    );
  });

  it('is bounded, and forgets what was seen longest ago', () => {
    const posts = Array.from({ length: 1500 }, (_, id) => ({
      id: String(id),
      url: null,
      modified: 1,
      published: 1,
      hints: {},
    }));
    const { known } = findNews(posts, [], 1e6);
    expect(known).toHaveLength(1000);
    expect(known[0]?.[0]).toBe('500');
  });

  it('does not depend on the order of what is said, nor on the time of the edit', () => {
    const one = { id: '1', url: null, modified: 1, published: 1, hints: { headline: 'a', lead: 'b' } };
    const other = { ...one, modified: 2, hints: { lead: 'b', headline: 'a', updatedAt: '2026-11-25T08:00:00Z' } };
    expect(contentStamp(one)).toBe(contentStamp(other));
    expect(contentStamp({ ...one, hints: { headline: 'a', lead: 'c' } })).not.toBe(contentStamp(one));
  });

  it('holds no lone surrogates, control characters or letters in pieces', () => {
    const photos = [{ url: 'https://a.vn/x.jpg', caption: 'e\u0301\u0000' }];
    expect(cleanHints({ headline: 'Ca\u0302\u0300u\ud83d', tags: ['a\u0007'], photos })).toEqual({
      headline: 'Cầu\ufffd',
      tags: ['a'],
      photos: [{ url: 'https://a.vn/x.jpg', caption: 'é' }],
    });
  });
});
