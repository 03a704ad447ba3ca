import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '#src/core/errors.ts';
import type { RawArticle } from '#src/core/raw-article.ts';
import type { ArticleRef, Cursor } from '#src/core/signal.ts';
import { rawFromFile } from '#src/sources/folder/article-file.ts';
import { fileAway } from '#src/sources/folder/file-away.ts';
import { resolvePhotos } from '#src/sources/folder/photos.ts';
import { listFiles, type SettledFile } from '#src/sources/folder/settled-files.ts';
import type { PollResult, Source, SourceTools } from '#src/sources/source.ts';

const settings = z.object({
  path: z.string().min(1).describe('The folder; it is made when it does not exist.'),
});

export type FolderSourceSettings = z.output<typeof settings>;

interface Payload {
  file: string;
}

const seenShape = z.record(
  z.string(),
  z.object({
    size: z.number(),
    mtime: z.number(),
    since: z.number(),
    /** The article it was told of as; null: not told yet. */
    toldAs: z.string().nullable(),
  }),
);

/** A file that still lies there this long after it was told of: something stopped half-way, so it is told of again. */
const tellAgainAfter = 10 * 60_000;

/** A look at a folder costs next to nothing, and a desk waits for it. */
const pollEvery = 2000;

/**
 * Files dropped into a folder: Markdown with front matter, HTML, JSON, plain text. Each goes to `done/` or `failed/` when
 * it has been taken. Photos stand beside them and stay; their addresses are `file:` ones below the folder.
 */
export const folderSource: Source<FolderSourceSettings> = {
  kind: 'folder',
  settings,
  summary:
    'Files dropped into a folder: .md with front matter, .html, .json or .txt, photos beside them. What lies there at the first look goes into the feeds and is not posted.',
  describe: ({ path }) => path,
  pollEvery,
  poll: pollFolder,
  read: readFileOf,
  settle: (ref, failure, { path }, tools) => fileAway(path, (ref.payload as Payload).file, failure, tools.clock.now()),
};

async function pollFolder(cursor: Cursor, { path }: FolderSourceSettings, tools: SourceTools): Promise<PollResult> {
  await openFolder(path);
  const now = tools.clock.now();
  const seen = seenShape.safeParse(cursor?.['files']).data ?? {};
  const files = await listFiles(path, seen, now);
  const next: typeof seen = {};
  const refs: ArticleRef[] = [];
  const waiting: SettledFile[] = [];
  const underWay = new Set<string>();
  for (const file of files) {
    const { name, size, mtime, settled } = file;
    const before = seen[name];
    const same = before?.size === size && before.mtime === mtime;
    next[name] = same ? before : { size, mtime, since: now, toldAs: null };
    const { toldAs, since } = next[name];
    if (toldAs !== null && now - since < tellAgainAfter) underWay.add(toldAs);
    else if (settled) waiting.push(file);
  }
  for (const { name, size, mtime } of waiting) {
    const ref = await toRef(path, name, now);
    // Two files of one article: the later one when the first is filed away, so that it wins.
    if (underWay.has(ref.externalId)) continue;
    underWay.add(ref.externalId);
    refs.push(ref);
    next[name] = { size, mtime, since: now, toldAs: ref.externalId };
  }
  return { refs, cursor: { files: next }, unchanged: refs.length === 0, notBefore: null, warnings: [] };
}

async function toRef(path: string, name: string, now: number): Promise<ArticleRef> {
  const payload: Payload = { file: name };
  const bytes = await readFile(join(path, name)).catch(() => Buffer.alloc(0));
  const content = createHash('sha256').update(bytes).digest('hex').slice(0, 24);
  // With the time: the same file put there again must be taken and filed away again.
  const common = { url: null, stamp: `${content} ${now}`, payload };
  try {
    const { id, raw } = rawFromFile(name, bytes);
    const title = (raw.kind === 'gone' ? null : raw.hints.headline) ?? name;
    return { ...common, externalId: id ?? name, title, sign: raw.kind === 'gone' ? 'gone' : 'changed' };
  } catch {
    // What is wrong with the file is said when it is read; the others must not wait for it.
    return { ...common, externalId: name, title: name, sign: 'changed' };
  }
}

async function readFileOf(ref: ArticleRef, { path }: FolderSourceSettings, { site }: SourceTools): Promise<RawArticle> {
  const { file } = ref.payload as Payload;
  let bytes: Uint8Array;
  try {
    bytes = await readFile(join(path, file));
  } catch (cause) {
    throw new UserError(`${file} is no longer in ${path}`, {
      next: 'Put it there again if it is to be published.',
      cause,
    });
  }
  const { raw } = rawFromFile(file, bytes);
  return raw.kind === 'gone' ? raw : resolvePhotos(raw, path, site.url);
}

async function openFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (cause) {
    throw new UserError(`The folder ${path} cannot be made: ${(cause as Error).message}`, {
      next: 'Check the path in the settings, and that Loa may write there.',
      cause,
    });
  }
}
