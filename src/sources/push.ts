import { messageOf, UserError } from '#src/core/errors.ts';
import { checkPushSignature } from '#src/core/push-signature.ts';
import type { RawArticle } from '#src/core/raw-article.ts';
import type { ArticleRef } from '#src/core/signal.ts';
import { readArticlePage } from '#src/sources/article-page.ts';
import { type PushPayload, readPush } from '#src/sources/push/read-push.ts';
import { type PushSettings, pushSettings } from '#src/sources/push/settings.ts';
import type { PushRequest, Received, Source, SourceTools } from '#src/sources/source.ts';

/** Signed articles that others send to `/ingest/ID`. */
export const pushSource: Source<PushSettings> = {
  kind: 'push',
  settings: pushSettings,
  summary:
    'Articles that a CMS or script sends to `/ingest/ID`, signed: JSON or whole pages. What is sent is new by nature and posted.',
  describe: ({ url }) => `signed requests to /ingest${url ? ` from ${url}` : ''}`,
  pollEvery: 'never',
  poll: async (cursor) => ({ refs: [], cursor: { ...cursor }, unchanged: true, notBefore: null, warnings: [] }),
  read: readPushed,
  receive,
};

function receive({ headers, body, now }: PushRequest, settings: PushSettings): Received {
  const signature = checkPushSignature({ headers, body, now }, settings.secret);
  if (!signature.valid) return { kind: 'refused', status: 401, reason: signature.reason };
  try {
    const refs = readPush({ body, contentType: headers['content-type'] ?? '', now }, settings);
    return { kind: 'accepted', messageId: signature.messageId, refs, poll: false };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { kind: 'refused', status: 400, reason: messageOf(error), next: error.next };
  }
}

async function readPushed(ref: ArticleRef, { url }: PushSettings, tools: SourceTools): Promise<RawArticle> {
  const payload = ref.payload as PushPayload;
  if (payload === null) return { kind: 'gone', certain: true, reason: 'whoever sent it says that it is deleted' };
  if ('raw' in payload) return payload.raw;
  // Only the site of the settings may be asked at an unusual port.
  const page = await readArticlePage(payload.page, url ?? 'about:blank', tools);
  return page.kind === 'page' ? { ...page, hints: payload.hints } : page;
}
