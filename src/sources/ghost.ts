import { HttpFailure } from '#src/core/errors.ts';
import type { RawArticle } from '#src/core/raw-article.ts';
import type { ArticleRef, Cursor } from '#src/core/signal.ts';
import type { PostPayload } from '#src/sources/cms/post.ts';
import { readPost } from '#src/sources/cms/read-post.ts';
import { watch } from '#src/sources/cms/watch.ts';
import { elsewhere } from '#src/sources/elsewhere.ts';
import { type GhostCursor, readCursor } from '#src/sources/ghost/cursor.ts';
import { discoverGhost } from '#src/sources/ghost/discover.ts';
import { ghostCms } from '#src/sources/ghost/posts.ts';
import { receiveGhost } from '#src/sources/ghost/receive.ts';
import { type GhostSettings, ghostSettings } from '#src/sources/ghost/settings.ts';
import type { PollResult, Source, SourceTools } from '#src/sources/source.ts';

/** The posts of a Ghost through its Content API, and through its signed webhooks at once. */
export const ghostSource: Source<GhostSettings> = {
  kind: 'ghost',
  settings: ghostSettings,
  summary:
    'A Ghost site, through its Content API: whole texts, edits and withdrawals; at once where its webhooks are sent to `/ingest/ID`.',
  describe: ({ url }) => url,
  poll: async (cursor, settings, tools) => ({
    ...(await pollGhost(cursor, settings, tools)),
    ...elsewhere(cursor, settings.url),
  }),
  read: readGhost,
  receive: receiveGhost,
  discover: discoverGhost,
};

async function pollGhost(cursor: Cursor, settings: GhostSettings, tools: SourceTools): Promise<PollResult> {
  const before = readCursor(cursor, settings.url);
  const { refs, state, warnings, notBefore } = await watch(before.state, ghostCms(settings, tools), tools);
  const next: GhostCursor = { url: settings.url, state };
  return { refs, cursor: { ...next }, unchanged: refs.length === 0, notBefore, warnings };
}

async function readGhost(ref: ArticleRef, settings: GhostSettings, tools: SourceTools): Promise<RawArticle | null> {
  const payload = ref.payload as PostPayload;
  try {
    return await readPost(ref, ghostCms(settings, tools));
  } catch (error) {
    // Ghost itself said so, signed; that its API cannot be reached now does not make it less true.
    const isTold = 'told' in payload && payload.told && error instanceof HttpFailure && error.kind !== 'aborted';
    if (!isTold) throw error;
    return { kind: 'gone', certain: true, reason: 'Ghost says that it is no longer published' };
  }
}
