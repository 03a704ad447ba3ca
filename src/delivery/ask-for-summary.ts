/** Asking the summariser: one request, its answer held against the article. */
import type { StoredArticle } from '#src/core/article.ts';
import type { WrittenSummary } from '#src/core/compose.ts';
import { messageOf } from '#src/core/errors.ts';
import { oneLine } from '#src/core/post-text.ts';
import type { SummarizerSettings } from '#src/core/settings.ts';
import { summaryFault } from '#src/core/summary-guard.ts';
import { summaryMessages } from '#src/core/summary-request.ts';
import { withDeadline } from '#src/delivery/deadline.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';

/** An answer is a few sentences. */
const mostBytes = 256 * 1024;
const mostTokens = 400;

/** Never throws; `stopped` when Loa ends before an answer came. */
export async function askForSummary(
  article: StoredArticle,
  settings: SummarizerSettings,
  deps: Pick<DeliveryDeps, 'http' | 'clock' | 'log' | 'signal'>,
): Promise<WrittenSummary | 'stopped'> {
  try {
    const written = withoutQuotes(withoutThoughts(await ask(article, settings, deps)));
    const fault = summaryFault(written, article);
    return fault === null
      ? { text: oneLine(written), why: null }
      : refused(`the summary that was written ${fault}`, article, deps);
  } catch (error) {
    if (deps.signal.aborted) return 'stopped';
    const message = settings.apiKey ? messageOf(error).replaceAll(settings.apiKey, '…') : messageOf(error);
    return refused(`the summariser gave none: ${message}`, article, deps);
  }
}

function refused(why: string, { id, revision }: StoredArticle, { log }: Pick<DeliveryDeps, 'log'>): WrittenSummary {
  log.warn("a summary is made of the article's own sentences", { articleId: id, revision, reason: why });
  return { text: null, why };
}

async function ask(
  article: StoredArticle,
  { url, model, apiKey, timeout }: SummarizerSettings,
  deps: Pick<DeliveryDeps, 'http' | 'clock' | 'signal'>,
): Promise<string> {
  const body = { model, messages: summaryMessages(article), temperature: 0, max_tokens: mostTokens, stream: false };
  const answer = await withDeadline(timeout, deps, (signal) =>
    deps.http.request({
      url: `${url.replace(/\/+$/, '')}/chat/completions`,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(apiKey && { authorization: `Bearer ${apiKey}` }),
      },
      body: JSON.stringify(body),
      maxBytes: mostBytes,
      timeoutMs: timeout,
      patient: true,
      // The key is for this address alone.
      redirects: 0,
      operatorUrl: true,
      signal,
    }),
  );
  if (answer.status !== 200) throw new Error(`it answered ${answer.status}`);
  return contentOf(answer.body);
}

function contentOf(body: Uint8Array): string {
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder().decode(body))?.choices?.[0]?.message?.content;
  } catch {
    throw new Error('its answer is not JSON');
  }
  if (typeof content === 'string') return content;
  // Some servers answer in parts, as they may be asked.
  const parts = Array.isArray(content)
    ? content.flatMap((part) => (typeof part?.text === 'string' ? part.text : []))
    : [];
  if (parts.length === 0) throw new Error('its answer holds no text');
  return parts.join('');
}

/** Some models think aloud first. */
function withoutThoughts(text: string): string {
  return text.replace(/^\s*<think>.*?<\/think>/su, '');
}

/** Many set the whole answer between quotation marks. */
function withoutQuotes(text: string): string {
  return /^\s*["“«„]([^"“”«»„]+)["”»“]\s*$/u.exec(text)?.[1] ?? text;
}
