import { describe, expect, it } from 'vitest';
import { wordpressSource } from '#src/sources/wordpress.ts';
import { cmsBench, minute, signs } from '#tests/fakes/cms-bench.ts';
import { startWordpress } from '#tests/fakes/wordpress-server.ts';

const bench = cmsBench(wordpressSource, startWordpress, ({ url }) => ({ url }));

describe('what is new', () => {
  it('takes the newest at first, and then only what is new or edited', async () => {
    for (let id = 1; id <= 60; id++)
      bench.site.post(id, {
        date: bench.clock.now() - (61 - id) * minute,
        modified: bench.clock.now() - (61 - id) * minute,
      });
    const first = await bench.poll();
    expect(first.refs).toHaveLength(50);
    expect(signs(first.refs).at(-1)).toBe('post:60 changed');
    const second = await bench.poll(first.cursor);
    expect(second).toMatchObject({ unchanged: true, refs: [] });
    bench.site.post(61);
    bench.site.edit(30, { title: 'Tin 30, sửa' });
    const third = await bench.poll(second.cursor);
    expect(signs(third.refs).sort()).toEqual(['post:30 changed', 'post:61 changed']);
  });

  it('is not what was only saved again, nor what prints something new without an edit', async () => {
    bench.site.post(1);
    const first = await bench.poll();
    bench.site.edit(1, {});
    bench.clock.advance(minute);
    const second = await bench.poll(first.cursor);
    expect(second.refs).toEqual([]);
    bench.site.posts[0]!.content += '<!-- 83 visitors -->';
    expect((await bench.poll(second.cursor)).refs).toEqual([]);
  });

  it('is an edit in the same second as the one that was seen', async () => {
    bench.site.post(1);
    const at = bench.clock.now();
    const { cursor } = await bench.poll();
    bench.site.edit(1, { title: 'Tin 1, sửa', modified: at });
    expect(signs((await bench.poll(cursor)).refs)).toEqual(['post:1 changed']);
  });

  it('is an edit in the hour that the site’s clock shows twice', async () => {
    bench.tools.site.timezone = 'Europe/Berlin';
    bench.clock.set(Date.UTC(2026, 9, 25, 0, 50));
    bench.site.post(1);
    const { cursor } = await bench.poll();
    const since = async (at: number) => {
      bench.clock.set(at);
      await bench.poll(cursor);
      return bench.site.requests.findLast(({ query }) => query.has('modified_after'))?.query.get('modified_after');
    };
    expect(await since(Date.UTC(2026, 9, 25, 0, 55))).toBe('2026-10-25T00:45:00+00:00');
    expect(await since(Date.UTC(2026, 9, 25, 1, 20))).toBe('2026-10-24T23:45:00+00:00');
  });

  it('is found on a site that does not say when posts were edited', async () => {
    const wire = (id: number, text: string) => ({ id, title: { rendered: `Tin ${id}` }, content: { rendered: text } });
    const serve = (...posts: unknown[]) => void (bench.site.instead = { status: 200, body: JSON.stringify(posts) });
    serve(wire(1, '<p>Một.</p>'));
    const { cursor } = await bench.poll();
    serve(wire(2, '<p>Hai.</p>'), wire(1, '<p>Một, sửa.</p>'));
    expect(signs((await bench.poll(cursor)).refs).sort()).toEqual(['post:1 changed', 'post:2 changed']);
  });

  it('is a post that came out on its day, which is no edit', async () => {
    bench.site.post(1);
    const written = bench.clock.now();
    bench.site.post(2, { status: 'future', date: written + 90 * minute, modified: written });
    const first = await bench.poll();
    bench.clock.advance(3 * 60 * minute);
    bench.site.post(3);
    const second = await bench.poll(first.cursor);
    expect(signs(second.refs)).toEqual(['post:3 changed']);
    bench.site.posts[1]!.status = 'publish';
    expect(signs((await bench.poll(second.cursor)).refs)).toEqual(['post:2 changed']);
  });

  it('is found on every page, also while posts move from one to another', async () => {
    bench.site.post(1);
    const first = await bench.poll();
    for (let id = 2; id <= 250; id++) bench.site.post(id);
    const second = await bench.poll(first.cursor);
    expect(second.refs).toHaveLength(249);
    const third = await bench.poll(second.cursor);
    expect(third.refs).toEqual([]);
    bench.site.edit(2, { title: 'Sửa' });
    expect(signs((await bench.poll(third.cursor)).refs)).toEqual(['post:2 changed']);
  });

  it('stops at the end of the pages, whatever their number was', async () => {
    bench.site.post(1);
    const first = await bench.poll();
    for (let id = 2; id <= 101; id++) bench.site.post(id);
    expect((await bench.poll(first.cursor)).refs).toHaveLength(100);
  });

  it('is found by a WordPress that does not know modified_after', async () => {
    bench.site.isOld = true;
    for (let id = 1; id <= 150; id++)
      bench.site.post(id, {
        date: bench.clock.now() - (200 - id) * 1440 * minute,
        modified: bench.clock.now() - (200 - id) * 1440 * minute,
      });
    const first = await bench.poll();
    bench.site.post(151);
    bench.site.edit(140, { title: 'Tin 140, sửa' });
    expect(signs((await bench.poll(first.cursor)).refs).sort()).toEqual(['post:140 changed', 'post:151 changed']);
  });

  it('is in the categories that are asked for', async () => {
    const sport = { id: 7, name: 'Thể thao', slug: 'the-thao' };
    bench.site.post(1, { categories: [sport] });
    bench.site.post(2);
    bench.settings = wordpressSource.settings.parse({ url: bench.site.url, categories: ['the-thao'] });
    expect(signs((await bench.poll()).refs)).toEqual(['post:1 changed']);
    bench.settings = wordpressSource.settings.parse({ url: bench.site.url, categories: ['giai-tri'] });
    await expect(bench.poll()).rejects.toThrow(/has no category giai-tri/);
  });

  it('keeps its id when its address changes', async () => {
    bench.site.post(1);
    const { cursor } = await bench.poll();
    bench.site.edit(1, { slug: 'ten-moi' });
    const { refs } = await bench.poll(cursor);
    expect(signs(refs)).toEqual(['post:1 changed']);
    expect(refs[0]?.url).toBe(`${bench.site.url}/ten-moi/`);
  });

  it('is nothing on an empty site, and the first post later', async () => {
    const first = await bench.poll();
    expect(first.refs).toEqual([]);
    bench.site.post(1);
    expect(signs((await bench.poll(first.cursor)).refs)).toEqual(['post:1 changed']);
  });
});

describe('what is gone', () => {
  it('is told at the next look, and certain when it is looked at once more', async () => {
    for (let id = 1; id <= 5; id++) bench.site.post(id);
    const { cursor } = await bench.poll();
    bench.site.posts[2]!.status = 'trash';
    const { refs } = await bench.pollThrice(cursor);
    expect(signs(refs)).toEqual(['post:3 gone']);
    expect(await bench.read(refs[0])).toMatchObject({ kind: 'gone', certain: true });
  });

  it('is not what stands again by then', async () => {
    for (let id = 1; id <= 5; id++) bench.site.post(id);
    const { cursor } = await bench.poll();
    bench.site.posts[2]!.status = 'draft';
    const first = await bench.pollThrice(cursor);
    bench.site.posts[2]!.status = 'publish';
    expect(await bench.read(first.refs[0])).toBeNull();
    expect(signs((await bench.pollThrice(first.cursor)).refs)).toEqual(['post:3 changed']);
  });

  it('is a post that was put behind a password', async () => {
    for (let id = 1; id <= 3; id++) bench.site.post(id);
    const { cursor } = await bench.poll();
    bench.site.edit(2, { isProtected: true });
    expect(signs((await bench.pollThrice(cursor)).refs)).toEqual(['post:2 gone']);
  });

  it('is nothing when most vanish at once', async () => {
    for (let id = 1; id <= 5; id++) bench.site.post(id);
    const { cursor } = await bench.poll();
    for (const post of bench.site.posts.slice(0, 4)) post.status = 'draft';
    let last = cursor;
    const warnings: string[] = [];
    for (let turn = 0; turn < 3; turn++) {
      const result = await bench.poll(last);
      expect(result.refs).toEqual([]);
      warnings.push(...result.warnings);
      last = result.cursor;
    }
    expect(warnings).toEqual(Array(3).fill(expect.stringContaining('4 of 5 posts')));
  });

  it('is found among old posts too', async () => {
    for (let id = 1; id <= 50; id++) bench.site.post(id, { date: bench.clock.now() - (300 - id) * minute });
    let { cursor } = await bench.poll();
    for (let id = 51; id <= 140; id++) bench.site.post(id);
    ({ cursor } = await bench.poll(cursor));
    bench.site.posts[0]!.status = 'trash';
    const found = [];
    for (let turn = 0; turn < 4; turn++) {
      const result = await bench.pollThrice(cursor);
      found.push(...result.refs);
      cursor = result.cursor;
    }
    expect(signs(found)).toEqual(['post:1 gone']);
  });
});
