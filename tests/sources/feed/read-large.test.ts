import { describe, expect, it } from 'vitest';
import { readDocument } from '#src/sources/feed/read-document.ts';
import { readFeed } from '#src/sources/feed/read-large.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';
import { rss } from '#tests/fakes/source-tools.ts';

const tools = () => ({ clock: manualClock(), signal: new AbortController().signal });
const large = (ending = '') => {
  const content = `<p>${'Người dân hai bờ suối đón cây cầu treo mới. '.repeat(80)}</p>`;
  const items = Array.from({ length: 200 }, (_, n) => ({ id: `t${n}`, title: `Tin ${n}`, content }));
  return {
    body: Buffer.from(rss(items) + ending),
    contentType: 'application/rss+xml',
    address: 'https://bao.example/rss',
    known: null,
    zone: 'UTC',
  };
};

describe('a large feed', () => {
  it('is read as a small one is', async () => {
    const document = large();
    expect(document.body.length).toBeGreaterThan(512 * 1024);
    expect(await readFeed(document, tools())).toEqual(readDocument(document));
  });

  it('holds nothing else up', async () => {
    let turns = 0;
    const reading = readFeed(large(), tools());
    const count = setInterval(() => {
      turns += 1;
    }, 1);
    await reading;
    clearInterval(count);
    expect(turns).toBeGreaterThan(5);
  });

  it('is refused with the reason and what to do about it', async () => {
    const page = {
      ...large(),
      body: Buffer.from(
        `<!doctype html><link rel="alternate" type="application/rss+xml" href="/tin.rss">${' '.repeat(600_000)}`,
      ),
    };
    await expect(readFeed(page, tools())).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('web page'),
      next: 'That page names this feed: https://bao.example/tin.rss',
    });
  });

  it('ends when it takes too long, and when Loa stops', async () => {
    const slow = tools();
    const reading = readFeed(large(), slow);
    await expect.poll(() => slow.clock.sleepers(20_000)).toBe(1);
    slow.clock.advance(20_000);
    await expect(reading).rejects.toThrow('takes longer than 20 seconds');
    const stop = new AbortController();
    const stopped = readFeed(large(), { clock: manualClock(), signal: stop.signal });
    stop.abort(new Error('stopping'));
    await expect(stopped).rejects.toThrow('stopping');
  });
});
