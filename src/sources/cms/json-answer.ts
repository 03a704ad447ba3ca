/** JSON as sites' programming interfaces answer it, with whatever their server prints around it. */
import { conditionalHeaders, type Validators, validatorsOf } from '#src/core/conditional.ts';
import { retryAfter } from '#src/core/retry-after.ts';
import { decodeText } from '#src/markup/charset.ts';
import { isHtml } from '#src/markup/feed-links.ts';
import type { SourceTools } from '#src/sources/source.ts';

export interface JsonQuestion {
  url: string;
  headers?: Readonly<Record<string, string>>;
  /** Whether the operator's own setting names this host: then its port is allowed. */
  named: boolean;
  /** Of an earlier answer to the very same address. */
  validators?: Validators | null;
}

export interface JsonAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  url: string;
  /** Undefined where the answer holds no JSON. */
  json: unknown;
  isPage: boolean;
  validators: Validators | null;
  /** Milliseconds; null where the server does not ask to be left alone. */
  notBefore: number | null;
}

/** A hundred long posts with all that is said of them. */
export const largestAnswer = 15 * 1024 * 1024;

export async function askJson(question: JsonQuestion, tools: SourceTools): Promise<JsonAnswer> {
  const now = tools.clock.now();
  const response = await tools.http.request({
    url: question.url,
    headers: {
      accept: 'application/json',
      ...question.headers,
      ...conditionalHeaders(question.validators ?? null, now),
    },
    maxBytes: largestAnswer,
    redirects: 5,
    operatorUrl: question.named,
    signal: tools.signal,
  });
  const { status, headers, url } = response;
  const text = decodeText(response.body, headers['content-type'] ?? null);
  const json = readNoisyJson(text);
  return {
    status,
    headers,
    url,
    json,
    isPage: json === undefined && isHtml(text),
    validators: status === 304 ? (question.validators ?? null) : validatorsOf(headers, now),
    notBefore: retryAfter(headers, now),
  };
}

const mostTries = 40;
/** Letters that all tries together may take: each may fail at the very end. */
const mostTried = 20_000_000;

/**
 * The document or list in a text that may begin, and end, with what PHP prints of its troubles: `<b>Warning</b>:
 * Undefined array key [3] …`. Undefined where there is none, and for a web page, whatever stands in its scripts.
 */
export function readNoisyJson(text: string): unknown {
  const end = Math.max(text.lastIndexOf(']'), text.lastIndexOf('}')) + 1;
  const rest = text.slice(end).trimStart();
  if (isHtml(text) || (rest !== '' && !rest.startsWith('<'))) return undefined;
  const starts = [...text.slice(0, 200_000).matchAll(/[[{]/g)].slice(
    0,
    Math.min(mostTries, Math.ceil(mostTried / text.length)),
  );
  for (const { index } of starts) {
    try {
      const json: unknown = JSON.parse(text.slice(index, end));
      if (!Array.isArray(json) || json.length === 0 || json.some((one) => typeof one === 'object')) return json;
    } catch {}
  }
  return undefined;
}
