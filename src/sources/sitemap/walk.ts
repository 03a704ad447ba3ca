/** From the roots down: every file worth a look, once. */
import { UserError } from '#src/core/errors.ts';
import type { ArticleRef } from '#src/core/signal.ts';
import { type FileContext, findChanges } from '#src/sources/sitemap/changes.ts';
import { chooseChildren } from '#src/sources/sitemap/choose.ts';
import type { FileState } from '#src/sources/sitemap/cursor.ts';
import { fetchFile } from '#src/sources/sitemap/file.ts';
import type { SourceTools } from '#src/sources/source.ts';

export interface Walk {
  refs: ArticleRef[];
  files: Record<string, FileState>;
  failures: { url: string; error: unknown }[];
  notBefore: number | null;
}

export interface WalkOptions {
  named: string;
  before: Readonly<Record<string, FileState>>;
  context: Omit<FileContext, 'before'>;
}

const mostFiles = 12;
/** An index may list indexes, and those only files. */
const deepest = 2;
/** Of all files without dates together; six letters each. */
const mostMarks = 100_000 * 6;

/** Throws where no file could be read at all, or one that held articles holds none. */
export async function readFiles(roots: readonly string[], options: WalkOptions, tools: SourceTools): Promise<Walk> {
  const walk: Walk = { refs: [], files: {}, failures: [], notBefore: null };
  let marks = 0;
  let read = 0;

  async function visit(url: string, depth: number): Promise<void> {
    if (url in walk.files || read >= mostFiles) return;
    read++;
    const before = options.before[url];
    try {
      walk.files[url] = await readOne(url, before);
    } catch (error) {
      if (tools.signal.aborted) throw error;
      walk.failures.push({ url, error });
      if (!before) return;
      walk.files[url] = before;
    }
    const { children } = walk.files[url];
    if (depth < deepest) for (const child of children) await visit(child, depth + 1);
  }

  async function readOne(url: string, before: FileState | undefined): Promise<FileState> {
    const { sitemap, validators, hash, notBefore } = await fetchFile(url, before, options.named, tools);
    if (notBefore !== null) walk.notBefore = Math.max(walk.notBefore ?? 0, notBefore);
    if (!sitemap) return validators === before!.validators ? before! : { ...before!, validators, hash };
    const { kind } = sitemap;
    const plain: FileState = { kind, validators, hash, children: [], recent: '', all: '', young: [] };
    if (kind === 'index') return { ...plain, children: chooseChildren(sitemap.entries, options.context.now) };
    if (sitemap.entries.length === 0 && before && before.recent.length + before.all.length > 0) {
      throw new UserError(`${url} lists no article any more, though it did before; what it listed is kept`);
    }
    const { refs, state } = await findChanges(sitemap, { ...options.context, before });
    marks += state.all.length;
    if (marks > mostMarks)
      throw new UserError(`${url} is left out: the site’s sitemaps without dates are too long together`);
    walk.refs.push(...refs);
    return { ...plain, ...state };
  }

  for (const root of roots) await visit(root, 0);
  const [first] = walk.failures;
  if (first && walk.failures.length === read) throw first.error;
  return walk;
}
