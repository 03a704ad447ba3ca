/** A pushed body as references to articles: JSON by the contract of articles, or a whole page. */
import { createHash } from 'node:crypto';
import { isFuture, readDate } from '#src/core/date.ts';
import { UserError } from '#src/core/errors.ts';
import { normalizeUrl } from '#src/core/identity.ts';
import type { Hints, RawArticle } from '#src/core/raw-article.ts';
import type { ArticleRef } from '#src/core/signal.ts';
import { decodeText, isBinary } from '#src/markup/charset.ts';
import { pageFacts } from '#src/markup/page-facts.ts';
import { type PushedFields, readFields } from '#src/sources/push/fields.ts';
import type { PushSettings } from '#src/sources/push/settings.ts';

/** What is kept until it is read: the article itself, or where its page is. */
export type PushPayload = { raw: Exclude<RawArticle, { kind: 'gone' }> } | { page: string; hints: Hints } | null;

interface Pushed {
  body: Uint8Array;
  contentType: string;
  now: number;
}

type Reading = Pick<PushSettings, 'payload' | 'url'>;

/** Whoever sends waits until all are written down. */
const mostArticles = 1000;

/** Throws a `UserError` that names the field, what is wrong with it, and what to do. */
export function readPush({ body, contentType, now }: Pushed, settings: Reading): ArticleRef[] {
  if (body.length === 0)
    throw new UserError('the body is empty', { next: 'Send an article as JSON, or a page as HTML.' });
  if (/html/i.test(contentType)) return [readPage({ body, contentType, now }, settings)];
  const reading = { ...settings, now };
  const value = parseJson(body);
  if (Array.isArray(value)) return readAll(value, reading);
  const { articles, ...others } = Object(value);
  if (articles === undefined) return [toRef(value, 'the article', reading)];
  const [stray] = Object.keys(others);
  if (stray !== undefined)
    throw new UserError(`"${stray}" stands beside "articles"`, {
      next: 'Put the fields of each article into the list "articles".',
    });
  if (!Array.isArray(articles))
    throw new UserError('"articles" is not a list', {
      next: 'Send {"articles": [{…}, {…}]}, or one article by itself.',
    });
  return readAll(articles, reading);
}

function readAll(values: readonly unknown[], reading: Reading & { now: number }): ArticleRef[] {
  if (values.length > mostArticles)
    throw new UserError(`there are ${values.length} articles in it, and ${mostArticles} are the most`, {
      next: 'Send fewer at once, one after another.',
    });
  return values.map((one, index) => toRef(one, `article ${index + 1}`, reading));
}

function parseJson(body: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch (cause) {
    throw new UserError('the body is not UTF-8', { next: 'JSON is always sent as UTF-8.', cause });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UserError(`the body is not JSON: ${(cause as Error).message}`, {
      next: 'Send what JSON.stringify, json_encode or json.dumps gives; a page goes with Content-Type: text/html.',
      cause,
    });
  }
}

function toRef(value: unknown, place: string, settings: Reading & { now: number }): ArticleRef {
  const fields = readFields(value, place);
  const url = fields.url === undefined ? null : resolve(fields.url, settings.url ?? null, `${place}: "url"`);
  const externalId = fields.id ?? (url === null ? null : normalizeUrl(url));
  if (externalId === null)
    throw new UserError(`${place}: "id" is missing`, {
      next: 'Give each article an "id" that stays the same when it is edited.',
    });
  const title = fields.title || null;
  const asOf = timeOf(fields.updated, settings.now);
  const common = { externalId, url, title, ...(asOf !== null && { asOf }) };
  if (fields.deleted) return { ...common, stamp: 'deleted', sign: 'gone', payload: null };
  const payload = settings.payload === 'hint' ? hintOf(fields, url, place) : truthOf(fields, url, place);
  return { ...common, stamp: stampOf(payload), sign: 'changed', payload };
}

/** Only a moment with its time of day says which of two is newer; one that is still to come says nothing. */
function timeOf(updated: string | undefined, now: number): number | null {
  const date = updated ? readDate(updated, 'UTC') : null;
  if (!date?.hasTime || isFuture(date.at, now)) return null;
  return Date.parse(date.at);
}

function truthOf(fields: PushedFields, url: string | null, place: string): PushPayload {
  const hints = toHints(fields, url, place);
  const { html = '', text = '' } = fields;
  if (html.trim() !== '') return { raw: { kind: 'page', url, html: '', hints: { ...hints, bodyHtml: html } } };
  if (text.trim() !== '') return { raw: { kind: 'text', text, hints } };
  throw new UserError(`${place}: "contentHtml" is missing`, {
    next: 'Send the article’s text as "contentHtml" or "text". Where Loa is to read its page instead: `payload: hint` in the settings of this source.',
  });
}

function hintOf(fields: PushedFields, url: string | null, place: string): PushPayload {
  if (url === null)
    throw new UserError(`${place}: "url" is missing`, {
      next: 'This source reads the article’s page: send its address as "url".',
    });
  return { page: url, hints: toHints(fields, url, place) };
}

function readPage({ body, contentType, now }: Pushed, settings: Reading): ArticleRef {
  if (isBinary(body)) throw new UserError('the body is no page but the bytes of some file', { next: 'Send HTML.' });
  const html = decodeText(body, contentType);
  const { url, title } = pageFacts(html, settings.url ?? null);
  const day = new Date(now).toISOString().slice(0, 10);
  const externalId = url === null ? title && `${day} ${title}` : normalizeUrl(url);
  if (externalId === null)
    throw new UserError('the page does not say which article it is', {
      next: 'Give it a <link rel="canonical" href="https://…">, or at least a <title>.',
    });
  const next = 'This source reads the article’s page: give its address with <link rel="canonical" href="https://…">.';
  if (settings.payload === 'hint' && url === null) throw new UserError('the page names no address', { next });
  const payload: PushPayload =
    settings.payload === 'hint' && url !== null
      ? { page: url, hints: {} }
      : { raw: { kind: 'page', url, html, hints: {} } };
  return { externalId, url, title, stamp: stampOf(html), sign: 'changed', payload };
}

function toHints(fields: PushedFields, url: string | null, place: string): Hints {
  const { title, summary, authors, lang, sections = [], tags = [], published, updated, images, attachments } = fields;
  const [section, ...more] = sections;
  const labels = [...more, ...tags];
  return {
    ...(title && { headline: title }),
    ...(summary && { lead: summary }),
    ...(authors?.length && { byline: authors }),
    ...(lang && { language: lang.replaceAll('_', '-') }),
    ...(section && { section }),
    ...(labels.length > 0 && { tags: labels }),
    ...(published && { publishedAt: published }),
    ...(updated && { updatedAt: updated }),
    ...(url && { url }),
    ...(images?.length && {
      photos: images.map((one, index) => withAddress(one, url, `${place}: "images", entry ${index + 1}`)),
    }),
    ...(attachments?.length && {
      attachments: attachments.map((one, index) =>
        withAddress(one, url, `${place}: "attachments", entry ${index + 1}`),
      ),
    }),
  };
}

type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Always in the same order, so that the same article has the same stamp. */
function withAddress<T extends { url: string }>(one: T, base: string | null, place: string): Present<T> {
  const kept = Object.entries(one).filter(([, value]) => value !== undefined && value !== '');
  kept.sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...(Object.fromEntries(kept) as Present<T>), url: resolve(one.url, base, place) };
}

function resolve(address: string, base: string | null, place: string): string {
  const url = URL.parse(address, base ?? undefined);
  if (url && /^https?:$/.test(url.protocol)) return url.href;
  throw new UserError(`${place} is not a web address`, { next: 'Write it in full, with https:// in front.' });
}

function stampOf(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 24);
}
