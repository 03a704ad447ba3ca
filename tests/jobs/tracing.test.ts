import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { pollSource } from '#jobs/poll-source.ts';
import { readArticle } from '#jobs/read-article.ts';
import { UserError } from '#src/core/errors.ts';
import type { ArticleRef } from '#src/core/signal.ts';
import { viewTrace } from '#src/server/ledger-trace.ts';
import { type JobBench, openJobBench } from '#tests/fakes/job-bench.ts';

let bench: JobBench;
beforeAll(async () => {
  bench = await openJobBench();
});
afterAll(() => bench.close());
beforeEach(() => bench.reset());

const url = 'https://bao.example/tram-bom-na-hin-781204.html';
const ref = (change: Partial<ArticleRef> = {}): ArticleRef => {
  return { externalId: 'tin-1', url, title: 'Trạm bơm Nà Hin', stamp: '1', sign: 'changed', payload: null, ...change };
};

async function poll(refs: ArticleRef[]): Promise<string> {
  bench.script.poll = () => ({ refs, cursor: { at: 1 }, unchanged: false, notBefore: null, warnings: [] });
  bench.clock.advance(60_000);
  await bench.run(pollSource, { sourceId: 'portal' });
  const request = bench.added.findLast(({ kind }) => kind === 'read-article');
  return (request?.payload as { readingId: string } | undefined)?.readingId ?? '';
}

function answer(headline: string, text = 'Công trình làm trong bảy tháng.'): void {
  const publishedAt = new Date(bench.clock.now()).toISOString();
  bench.script.read = () => ({
    kind: 'page',
    url,
    html: '',
    hints: { headline, bodyHtml: `<p>${text}</p>`, publishedAt },
  });
}

async function trace(of: string): Promise<string[]> {
  const view = await viewTrace(bench.deps.ledger, of, { settings: bench.deps.settings, now: bench.clock.now() });
  return view?.lines.map(({ text }) => text) ?? [];
}

test('an article’s story begins where it was found, by its id, its address or its guid', async () => {
  await poll([]);
  bench.script.read = () => {
    throw new Error('bao.example answers 503');
  };
  const readingId = await poll([ref()]);
  await bench.run(readArticle, { readingId });
  expect((await trace(readingId)).at(-1)).toMatch(/^Is read again at \d\d:\d\d:\d\d$/);
  bench.clock.advance(10_000);
  answer('Trạm bơm Nà Hin cấp nước cho 310 hộ');
  await bench.run(readArticle, { readingId });
  answer('Trạm bơm Nà Hin cấp nước cho 290 hộ');
  await bench.run(readArticle, { readingId: await poll([ref({ stamp: '2' })]) });

  const [article] = await bench.deps.ledger.articles.list({ limit: 5 });
  const lines = await trace(article!.id);
  expect(lines.slice(0, 7)).toEqual([
    'Found by a poll of source portal: “Trạm bơm Nà Hin”',
    'Could not be read: bao.example answers 503',
    'Read from the text that the source gives, 10.0 s after it was found',
    'First seen at source portal',
    'A poll of source portal found it changed',
    'Read from the text that the source gives',
    'Changed by the newsroom (revision 2): headline',
  ]);
  for (const of of [url, url.replace('https://', 'http://www.'), `${url}?utm_source=x`, 'tin-1', readingId]) {
    expect(await trace(of), of).toEqual(lines);
  }
});

test('what never became an article tells why', async () => {
  await poll([]);
  bench.script.read = () => {
    throw new UserError('line 2: the title has no end');
  };
  await bench.run(readArticle, { readingId: await poll([ref()]) });
  expect(await trace(url)).toEqual([
    'Found by a poll of source portal: “Trạm bơm Nà Hin”',
    'Left out: line 2: the title has no end',
    'It is not read again until the newsroom changes it',
  ]);

  bench.script.read = () => ({ kind: 'gone', certain: true, reason: 'its page was taken down (410)' });
  await bench.run(readArticle, { readingId: await poll([ref({ externalId: 'tin-2', url: null })]) });
  expect((await trace('tin-2')).slice(1)).toEqual([
    'Gone before it was read: its page was taken down (410)',
    'It became no article; nothing was posted',
  ]);
  expect(await trace('https://bao.example/nothing')).toEqual([]);
});
