import { pollSource } from '#jobs/poll-source.ts';
import { readArticle } from '#jobs/read-article.ts';
import type { JobBench } from '#tests/fakes/job-bench.ts';

/** Lets the bench find and read one article whose only photo is at `photoUrl`; gives its id. */
export async function findPhotoArticle(bench: JobBench, photoUrl: string): Promise<string> {
  const url = 'https://bao.example/a';
  const ref = { externalId: 'a', url, title: null, stamp: '1', sign: 'changed', payload: null } as const;
  bench.script.poll = () => ({ refs: [ref], cursor: {}, unchanged: false, notBefore: null, warnings: [] });
  const bodyHtml = `<p>Chợ phiên mở lại sau hai tháng.</p><figure><img src="${photoUrl}"><figcaption>Chợ sớm</figcaption></figure>`;
  bench.script.read = () => ({ kind: 'page', url, html: '', hints: { headline: 'Chợ mở lại', bodyHtml } });
  await bench.run(pollSource, { sourceId: 'portal' });
  await bench.run(readArticle, bench.added[0]!.payload as never);
  const [article] = await bench.deps.ledger.articles.list({ limit: 1 });
  return article!.id;
}
