import { describe, expect, it } from 'vitest';
import { feedSource } from '#src/sources/feed.ts';
import { pollBench, serveItems as serve, useFeedBench } from '#tests/fakes/feed-bench.ts';
import * as fake from '#tests/fakes/feed-server.ts';
import type { FeedItem } from '#tests/fakes/source-tools.ts';

const bench = useFeedBench();
const serveItems = (items: FeedItem[], more = '') => serve(bench, items, more);
const poll = (cursor: Parameters<typeof pollBench>[1] = null) => pollBench(bench, cursor);
const page = (name: string) => `${bench.server.url}/${name}`;
const item = (name: string, day: number): FeedItem => ({ id: name, url: page(name), title: `Tin ${name}`, day });

describe('reading', () => {
  const long = `<p>${'Sáng nay, người dân ven sông đón chiếc cầu mới. '.repeat(15)}</p>`;
  const readFirst = async () => feedSource.read((await poll()).refs[0]!, bench.settings, bench.tools);

  it('takes an entry that is the whole article as it is, with all that it says', async () => {
    const more = `<author>an@bao.example (Lê An)</author><category>Thời sự</category><category>cầu</category>
      <media:content url="/cau.jpg" medium="image" width="1200" height="800"><media:description>Cầu nhìn từ bờ nam</media:description><media:credit>Lê An</media:credit></media:content>`;
    serveItems([{ ...item('a', 20), summary: 'Ngắn.', content: long, more }]);
    expect(await readFirst()).toEqual({
      kind: 'page',
      url: page('a'),
      html: '',
      hints: {
        headline: 'Tin a',
        lead: 'Ngắn.',
        byline: ['Lê An'],
        section: 'Thời sự',
        tags: ['cầu'],
        publishedAt: 'Fri, 20 Nov 2026 03:00:00 GMT',
        url: page('a'),
        photos: [{ url: page('cau.jpg'), caption: 'Cầu nhìn từ bờ nam', credit: 'Lê An', width: 1200, height: 800 }],
        bodyHtml: long,
      },
    });
  });

  it('fetches the page of one that is not, whatever its charset', async () => {
    serveItems([{ ...item('a', 20), summary: 'Ngắn.' }]);
    bench.server.on(
      '/a',
      fake.answer(200, Buffer.from([0x63, 0x61, 0xfb, 0x6e]), { 'content-type': 'text/html; charset=windows-1252' }),
    );
    expect(await readFirst()).toMatchObject({ kind: 'page', html: 'caûn', url: page('a') });
  });

  it('does not take the bytes of a file for a page', async () => {
    serveItems([{ ...item('a', 20), summary: 'Ngắn.' }]);
    bench.server.on('/a', fake.answer(200, Buffer.alloc(3000, '%PDF-1.7\0\x01\x02'), { 'content-type': 'text/html' }));
    await expect(readFirst()).rejects.toThrow('no text but the bytes of some file');
  });

  it.each([
    [410, true],
    [404, false],
  ])('takes %i for gone, certain: %s', async (status, certain) => {
    serveItems([item('a', 20)]);
    bench.server.on('/a', fake.answer(status, ''));
    expect(await readFirst()).toMatchObject({ kind: 'gone', certain });
  });

  it('throws for any other answer', async () => {
    serveItems([item('a', 20)]);
    bench.server.on('/a', fake.answer(500, ''));
    await expect(readFirst()).rejects.toThrow('has a fault (500)');
  });

  it('leaves alone what left the feed and still stands', async () => {
    const payload = { told: false };
    const ref = { externalId: 'a', url: page('a'), title: null, stamp: 'x', sign: 'gone' as const, payload };
    bench.server.on('/a', fake.answer(200, '<p>x</p>'));
    expect(await feedSource.read(ref, bench.settings, bench.tools)).toBeNull();
    bench.server.on('/a', fake.answer(404, ''));
    expect(await feedSource.read(ref, bench.settings, bench.tools)).toMatchObject({ kind: 'gone', certain: false });
  });
});
