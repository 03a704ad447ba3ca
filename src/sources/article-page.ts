import type { RawArticle } from '#src/core/raw-article.ts';
import { decodeText, isBinary } from '#src/markup/charset.ts';
import { refusal } from '#src/sources/answers.ts';
import type { SourceTools } from '#src/sources/source.ts';

const largestPage = 5 * 1024 * 1024;

/** An article's own page, in a source the operator gave as `named`; 410 is gone for certain, 404 and a redirect to the front page not yet. Other answers throw. */
export async function readArticlePage(
  url: string,
  named: string,
  tools: SourceTools,
): Promise<Extract<RawArticle, { kind: 'page' | 'gone' }>> {
  const response = await tools.http.request({
    url,
    headers: { accept: 'text/html, application/xhtml+xml, */*;q=0.1' },
    maxBytes: largestPage,
    redirects: 5,
    operatorUrl: new URL(url).host === new URL(named).host,
    signal: tools.signal,
  });
  if (response.status === 410) return { kind: 'gone', certain: true, reason: 'its page was taken down (410)' };
  if (response.status === 404) return { kind: 'gone', certain: false, reason: 'its page is not there (404)' };
  if (response.status !== 200) throw refusal(response, tools.clock.now(), 'page');
  if (new URL(response.url).pathname === '/' && new URL(url).pathname !== '/') {
    return { kind: 'gone', certain: false, reason: 'its address leads to the front page' };
  }
  if (isBinary(response.body)) throw new Error('its page holds no text but the bytes of some file');
  const html = decodeText(response.body, response.headers['content-type'] ?? null);
  return { kind: 'page', url: response.url, html, hints: {} };
}
