import { describe, expect, it } from 'vitest';
import type { Http, HttpRequest, HttpResponse } from '#src/core/tools.ts';
import { createPoliteHttp } from '#src/net/polite-http.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';

/** A network in which the test answers. */
function open() {
  const clock = manualClock();
  const asked: {
    url: string;
    answer: (status?: number, headers?: Record<string, string>) => void;
    fail: () => void;
  }[] = [];
  const http: Http = {
    request: ({ url }: HttpRequest) =>
      new Promise<HttpResponse>((resolve, reject) => {
        asked.push({
          url,
          answer: (status = 200, headers = {}) =>
            resolve({ status, headers, body: new Uint8Array(), url, movedTo: null }),
          fail: () => reject(new Error('broken')),
        });
      }),
  };
  const polite = createPoliteHttp(http, clock);
  const get = (url: string, signal?: AbortSignal) => polite.request({ url, maxBytes: 1, ...(signal && { signal }) });
  return { clock, asked, get, urls: () => asked.map(({ url }) => url) };
}

const turns = () => new Promise((resolve) => setImmediate(resolve));

describe('requests', () => {
  it('to one host follow each other, to others they do not wait', async () => {
    const { asked, get, urls } = open();
    const all = [
      get('https://a.example/1'),
      get('https://a.example/2'),
      get('https://A.example/3'),
      get('https://b.example/1'),
    ];
    expect(urls()).toEqual(['https://a.example/1', 'https://b.example/1']);
    asked[0]!.answer();
    await all[0];
    await turns();
    expect(urls().at(-1)).toBe('https://a.example/2');
    asked[2]!.fail();
    await expect(all[1]).rejects.toThrow('broken');
    await turns();
    expect(urls().at(-1)).toBe('https://A.example/3');
    asked[3]!.answer();
    asked[1]!.answer();
    await Promise.all([all[2], all[3]]);
  });

  it('that would wait behind too many come back later', async () => {
    const { clock, get } = open();
    for (let n = 0; n < 13; n++) void get(`https://a.example/${n}`).catch(() => {});
    await expect(get('https://a.example/14')).rejects.toMatchObject({
      name: 'NotYet',
      at: clock.now() + 2000,
    });
  });

  it('that are sent away come back one by one, until the host answers again', async () => {
    const { asked, clock, get } = open();
    const waitOf = (url: string) =>
      get(url).then(
        () => expect.unreachable(),
        (error) => error.at - clock.now(),
      );
    const crowd = Array.from({ length: 13 }, (_, n) => get(`https://a.example/${n}`).catch(() => {}));
    const waits = [await waitOf('https://a.example/a'), await waitOf('https://a.example/b')];
    expect(waits).toEqual([2000, 2200]);
    for (let n = 0; n < 5000; n++) await waitOf('https://a.example/c');
    expect(await waitOf('https://a.example/d')).toBe(30_000);
    asked[0]!.answer();
    await crowd[0];
    await turns();
    const again = get('https://a.example/e').catch(() => {});
    expect(await waitOf('https://a.example/f')).toBe(2000);
    for (let n = 1; n < asked.length; n++) {
      asked[n]!.answer();
      await turns();
    }
    await Promise.all([...crowd, again]);
  });

  it('are not held up for long by one that is never answered', async () => {
    const { clock, asked, get, urls } = open();
    const first = get('https://a.example/1');
    const second = get('https://a.example/2');
    const third = get('https://a.example/3');
    clock.advance(2999);
    await turns();
    expect(urls()).toEqual(['https://a.example/1']);
    clock.advance(1);
    await turns();
    expect(urls()).toEqual(['https://a.example/1', 'https://a.example/2']);
    // The late one has no place any more that it could pass on.
    asked[0]!.answer();
    await first;
    await turns();
    expect(urls()).toHaveLength(2);
    asked[1]!.answer(429);
    await second;
    await expect(third).rejects.toMatchObject({ name: 'NotYet' });
  });

  it('to a host that never answers hold two places at most, so that others go on', async () => {
    const { clock, asked, get, urls } = open();
    const all = [1, 2, 3, 4].map((page) => get(`https://a.example/${page}`));
    const ends = all.map((one) => one.catch((error) => error));
    for (let second = 0; second < 6; second++) {
      clock.advance(1000);
      await turns();
    }
    expect(urls()).toEqual(['https://a.example/1', 'https://a.example/2']);
    expect(await ends[2]).toMatchObject({ name: 'NotYet', at: clock.now() + 2000 });
    expect(await ends[3]).toMatchObject({ name: 'NotYet' });
    await expect(get('https://a.example/5')).rejects.toMatchObject({ name: 'NotYet' });
    void get('https://b.example/1');
    // One that has ended makes room for one.
    asked[0]!.fail();
    await ends[0];
    void get('https://a.example/6');
    await turns();
    await expect(get('https://a.example/7')).rejects.toMatchObject({ name: 'NotYet' });
    expect(urls().slice(2)).toEqual(['https://b.example/1', 'https://a.example/6']);
  });

  it('that are called off give up their turn', async () => {
    const { asked, get, urls } = open();
    const first = get('https://a.example/1');
    const stop = new AbortController();
    const second = get('https://a.example/2', stop.signal);
    const third = get('https://a.example/3');
    stop.abort(new Error('stopping'));
    await expect(second).rejects.toThrow('stopping');
    asked[0]!.answer();
    await first;
    await turns();
    expect(urls()).toEqual(['https://a.example/1', 'https://a.example/3']);
    asked[1]!.answer();
    await third;
  });
});

describe('a host that asks to be left alone', () => {
  it.each([
    ['by 429, for as long as it says', 429, { 'retry-after': '120' }, 120_000],
    ['by 429 with a date', 429, { 'retry-after': 'Wed, 25 Nov 2026 08:01:00 GMT' }, 60_000],
    ['by 429 without a time', 429, {}, 600_000],
    ['by 429 with a time nobody can read', 429, { 'retry-after': 'soon' }, 600_000],
    ['by 503 with a time', 503, { 'retry-after': '30' }, 30_000],
  ])('is, %s', async (_name, status, headers, rest) => {
    const { clock, asked, get, urls } = open();
    const first = get('https://a.example/1');
    const waiting = get('https://a.example/2');
    asked[0]!.answer(status, headers as Record<string, string>);
    expect((await first).status).toBe(status);
    await expect(waiting).rejects.toMatchObject({ name: 'NotYet', at: clock.now() + rest });
    clock.advance(rest - 1);
    await expect(get('https://a.example/3')).rejects.toMatchObject({ name: 'NotYet' });
    void get('https://b.example/1');
    clock.advance(1);
    void get('https://a.example/4');
    expect(urls()).toEqual(['https://a.example/1', 'https://b.example/1', 'https://a.example/4']);
  });

  it('is asked again after a 503 that says nothing', async () => {
    const { asked, get, urls } = open();
    const first = get('https://a.example/1');
    asked[0]!.answer(503);
    await first;
    void get('https://a.example/2');
    expect(urls()).toHaveLength(2);
  });
});
