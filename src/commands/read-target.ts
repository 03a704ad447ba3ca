/** What `try` and `preview` are pointed at: a file, an address, or a source of the settings. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { type Reader, siteOf, understand } from '#src/commands/reader.ts';
import type { Article } from '#src/core/article.ts';
import { messageOf, UserError } from '#src/core/errors.ts';
import { nearest } from '#src/core/nearest.ts';
import type { RawArticle } from '#src/core/raw-article.ts';
import type { SourceSettings } from '#src/core/settings.ts';
import { decodeText } from '#src/markup/charset.ts';
import { articleExtensions, rawFromFile } from '#src/sources/folder/article-file.ts';
import { resolvePhotos } from '#src/sources/folder/photos.ts';
import { sources } from '#src/sources/registry.ts';
import { createRobots } from '#src/sources/robots.ts';

export interface ReadArticle {
  id: string;
  article: Article;
  timezone: string;
  /** What found its body, for a person. */
  how: string;
  sourceId: string;
}

export interface Unread {
  id: string;
  failure: string;
}

type Found = Exclude<RawArticle, { kind: 'gone' }>;

const maxPage = 5 * 1024 * 1024;

/** Stores and posts nothing. One article that cannot be read does not stop the others of its source. */
export async function readTarget(target: string, reader: Reader): Promise<(ReadArticle | Unread)[]> {
  const configured = reader.sources.find(({ id }) => id === target);
  if (configured) return readSource(configured, reader);
  if (/^https?:\/\//i.test(target)) return readAddress(target, reader);
  const file = resolve(reader.cwd, target);
  if (existsSync(file)) return [await readOneFile(file, reader)];
  const near = nearest(
    target,
    reader.sources.map(({ id }) => id),
  );
  throw new UserError(`There is no file and no source "${target}".`, {
    next: near
      ? `Did you mean the source ${near}?`
      : 'Give a file, an address that begins with https://, or a source id.',
  });
}

/** The newest articles of a source, as its first poll finds them. */
async function readSource(source: SourceSettings, reader: Reader): Promise<(ReadArticle | Unread)[]> {
  const kind = sources.find((one) => one.kind === source.kind)!;
  if (kind.pollEvery === 'never')
    throw new UserError(
      `Nobody can be asked for the articles of ${source.id}: they are sent to /ingest/${source.id}.`,
      {
        next: 'Try one that you have as a file: loa try FILE',
      },
    );
  const tools = {
    http: reader.http,
    log: reader.log,
    clock: reader.clock,
    signal: reader.signal,
    site: siteOf(reader),
    // A person waits, and no queue could bring a page back later.
    robots: createRobots({ ...reader, patience: 60_000 }),
  };
  const { refs, warnings } = await kind.poll(null, source.settings, tools);
  for (const warning of warnings) reader.log.warn(warning);
  const found: (ReadArticle | Unread)[] = [];
  // A poll gives the newest last.
  const newest = refs
    .filter(({ sign }) => sign === 'changed')
    .toReversed()
    .slice(0, reader.most);
  for (const [index, ref] of newest.entries()) {
    reader.onRead?.(index + 1, newest.length);
    const id = ref.externalId;
    try {
      const raw = await kind.read(ref, source.settings, tools);
      found.push(
        raw === null || raw.kind === 'gone'
          ? { id, failure: raw?.reason ?? 'no article stands there' }
          : await read(id, raw, source),
      );
    } catch (error) {
      found.push({ id, failure: messageOf(error) });
    }
  }
  return found;

  async function read(id: string, raw: Found, { profile, settings }: SourceSettings): Promise<ReadArticle> {
    const folder = (settings as { path?: string }).path ?? null;
    const understood = await understand(
      raw,
      { ...reader, kind: source.kind, profile: reader.profile ?? profile },
      folder,
    );
    return { id, ...understood, sourceId: source.id };
  }
}

/** A page, or a feed: then its newest articles. */
async function readAddress(url: string, reader: Reader): Promise<(ReadArticle | Unread)[]> {
  const answer = await reader.http.request({
    url,
    maxBytes: maxPage,
    headers: { accept: 'text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8' },
    operatorUrl: true,
    signal: reader.signal,
  });
  if (answer.status !== 200)
    throw new UserError(`${url} answered ${answer.status}.`, { next: 'Look at it in a browser.' });
  const contentType = answer.headers['content-type'] ?? null;
  const text = decodeText(answer.body, contentType);
  const asSource = {
    id: url,
    kind: 'feed',
    profile: profileFor(url, reader),
    poll: 'auto' as const,
    settings: { url },
  };
  if (isFeed(text, contentType)) return readSource(asSource, reader);
  const isPlain = /^text\/plain\b/i.test(contentType ?? '') && !isPage(text);
  const raw = isPlain
    ? ({ kind: 'text', text, hints: { url: answer.url } } as const)
    : ({ kind: 'page', url: answer.url, html: text, hints: {} } as const);
  return [{ id: url, ...(await understand(raw, { ...reader, profile: asSource.profile }, null)), sourceId: '' }];
}

/** `--profile`, else that of the source on the same host, else by language. */
function profileFor(url: string, { profile, sources }: Reader): string {
  const sameHost = sources.find(({ settings }) => {
    const address = (settings as { url?: unknown }).url;
    return typeof address === 'string' && URL.parse(address)?.host === URL.parse(url)?.host;
  });
  return profile ?? sameHost?.profile ?? 'auto';
}

/** Whether a text is a feed of any form. */
export function isFeed(text: string, contentType: string | null): boolean {
  const start = text.trimStart().slice(0, 2000);
  if (/^(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*|<\?[^>]*>\s*)*<(rss|feed|rdf:RDF)\b/i.test(start)) return true;
  return start.startsWith('{') && (/feed\+json/.test(contentType ?? '') || /jsonfeed\.org\/version/.test(start));
}

async function readOneFile(file: string, reader: Reader): Promise<ReadArticle> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`${file} cannot be read: ${error.code === 'EISDIR' ? 'it is a folder' : error.code}.`);
  });
  const { id, raw } = rawFromFile(nameByContent(basename(file), bytes), bytes);
  if (raw.kind === 'gone') throw new UserError(`${raw.reason}.`);
  const folder = dirname(file);
  const placed = await resolvePhotos(raw, folder, reader.site?.url ?? null);
  return { id: id ?? basename(file), ...(await understand(placed, reader, folder)), sourceId: '' };
}

/** A saved page may have any name. */
function nameByContent(name: string, bytes: Uint8Array): string {
  if (articleExtensions.has(extname(name).toLowerCase())) return name;
  return isPage(decodeText(bytes.subarray(0, 1000))) ? `${name}.html` : `${name}.txt`;
}

function isPage(text: string): boolean {
  return /^\s*(<!doctype html|<html|<head|<body|<article)\b/i.test(text);
}
