/** All kinds of jobs. */
import { backupLedger } from '#jobs/backup-ledger.ts';
import { buildFeed } from '#jobs/build-feed.ts';
import { deliverPost } from '#jobs/deliver-post.ts';
import type { Deps } from '#jobs/deps.ts';
import { lookAgain } from '#jobs/look-again.ts';
import { pollSource } from '#jobs/poll-source.ts';
import { publishArticle } from '#jobs/publish-article.ts';
import { readArticle } from '#jobs/read-article.ts';
import { reconcilePost } from '#jobs/reconcile-post.ts';
import { renderFormats } from '#jobs/render-formats.ts';
import { renderPhoto } from '#jobs/render-photo.ts';
import { subscribeHub } from '#jobs/subscribe-hub.ts';
import { sweep } from '#jobs/sweep.ts';
import { withdrawArticle } from '#jobs/withdraw-article.ts';
import type { JobDefinition } from '#src/queue/job.ts';

export const jobs: readonly JobDefinition<any, Deps>[] = [
  pollSource,
  readArticle,
  lookAgain,
  renderPhoto,
  renderFormats,
  publishArticle,
  buildFeed,
  deliverPost,
  reconcilePost,
  withdrawArticle,
  subscribeHub,
  sweep,
  backupLedger,
];
