import { describe, expect, it } from 'vitest';
import { findPosts } from '#src/channels/facebook/find.ts';
import { settings as facebookSettings } from '#src/channels/facebook/settings.ts';
import { plainText } from '#src/channels/mastodon/content.ts';
import { factsOf, limitsOf } from '#src/channels/mastodon/facts.ts';
import { segmentsOf } from '#src/core/approved-text.ts';
import { tidyLines } from '#src/core/post-text.ts';
import { fakeChannelTools } from '#tests/fakes/channel-tools.ts';

/** Milliseconds; reading it once takes a few. */
const soon = 1000;

async function timed(work: () => unknown): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

describe('texts made to be slow to read are read once', () => {
  const many = 150_000;
  it.each([
    ['signs without an end', '<'.repeat(many)],
    ['links without an end', '<a '.repeat(many / 3)],
    ['paragraphs without an end', '</p><p '.repeat(many / 7)],
    ['references without an end', '&#'.repeat(many / 2)],
  ])('of a status: %s', async (_name, content) => {
    expect(await timed(() => plainText(content))).toBeLessThan(soon);
  });

  it('of a Page’s post', async () => {
    const message = `https://bao.example/${'.'.repeat(many)}x`;
    const body = JSON.stringify({ data: [{ id: '1_2', message, created_time: '2026-11-25T08:00:00+0000' }] });
    const answer = { status: 200, headers: {}, body: Buffer.from(body), url: '', movedTo: null };
    const tools = fakeChannelTools({ http: { request: async () => answer } });
    const settings = facebookSettings.parse({ pageId: '1', accessToken: 'a-token' });
    expect(await timed(() => findPosts(0, settings, tools))).toBeLessThan(soon);
  });

  it('of a text that a person approved', async () => {
    const text = `https://bao.example/${'.'.repeat(100_000)}x ${'#'.repeat(10_000)}1${' '.repeat(100_000)}x`;
    expect(await timed(() => segmentsOf(text, [], {}))).toBeLessThan(soon);
  });

  it('of a template', async () => {
    expect(await timed(() => tidyLines(`${' '.repeat(many)}x`))).toBeLessThan(soon);
  });
});

it('links of a status are still found', () => {
  const content = '<p>Cầu <a class="x" href="https://bao.example/a?b=1&amp;c=2" rel="nofollow">mới</a></p><p>đẹp</p>';
  expect(plainText(content)).toEqual({ text: 'Cầu mới\n\nđẹp', links: ['https://bao.example/a?b=1&c=2'] });
});

it('limits beyond sense are not believed: measuring a text by them would take all memory', () => {
  const statuses = { max_characters: 500, characters_reserved_per_url: 400_000_000, max_media_attachments: 1e9 };
  const facts = factsOf({ configuration: { statuses } });
  expect(facts).toEqual({ characters: 500 });
  const stored = { perUrl: 400_000_000, photos: 1e15 };
  const { counted, linkLength, photos } = limitsOf({}, stored);
  expect({ linkLength, photos, length: counted!('https://a.example').length }).toEqual({
    ...{ linkLength: 23, photos: 4, length: 23 },
  });
});
