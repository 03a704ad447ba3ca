/** API routes of commands whose work needs more than the ledger. */
import { z } from 'zod';
import type { StoredArticle } from '#src/core/article.ts';
import type { Approval, Decisions, ShownDelivery, SourceDecision } from '#src/core/decisions.ts';
import type { Delivery } from '#src/core/delivery.ts';
import { UserError } from '#src/core/errors.ts';
import type { PreviewView } from '#src/core/preview.ts';
import type { ApiRoute } from '#src/server/deps.ts';
import { articleView, deliveryView, shownView } from '#src/server/ledger-views.ts';
import { stopView } from '#src/server/stop-view.ts';

export interface CommandRoutesDeps {
  /** Of one channel or of all; null when there is no such article. */
  preview(articleId: string, channelId?: string): Promise<PreviewView | null>;
  decisions: Decisions;
  /** Null when there is no such delivery. */
  show(deliveryId: string): Promise<ShownDelivery | null>;
  /** Writes a backup of the ledger to a path on this machine. */
  backupTo(file: string): Promise<unknown>;
  /** Its credentials, and a post that is taken back. */
  tryChannel(id: string, withPost: boolean): Promise<unknown>;
  /** What today's settings would have posted. */
  backtest(days: number, channelId: string | null): Promise<unknown>;
}

const withdrawBody = z.object({ reason: z.string().min(1).max(500) });
const approveBody = z.object({
  by: z.string().min(1).max(100).default('a person'),
  text: z.string().min(1, 'it is empty. Write what is to be posted').max(100_000).optional(),
  revision: z.coerce.number().int().min(1).optional(),
});
const adoptBody = z.object({ url: z.string().min(1).max(2000) });
const newestBody = z.object({ count: z.coerce.number().int().min(1).max(9999) });
const resumeBody = z.object({ by: z.string().min(1).max(100) });
const stopBody = resumeBody.extend({ reason: z.string().max(500).nullable().default(null) });
const testBody = z.object({ withPost: z.boolean().default(true) });
const backtestQuery = z.object({
  days: z.coerce.number().int().min(1).max(10_000).default(7),
  channel: z.string().nullable().default(null),
});
const backupBody = z.object({ file: z.string().min(1).max(4096) });

export function commandRoutes({
  preview,
  decisions,
  show,
  backupTo,
  tryChannel,
  backtest,
}: CommandRoutesDeps): ApiRoute[] {
  return [
    ...decisionRoutes(decisions),
    {
      method: 'POST',
      path: '/backup',
      // It writes any file that this process may write.
      local: true,
      async run({ body }) {
        const { file } = parse(backupBody, body);
        await backupTo(file);
        return { file };
      },
    },
    {
      method: 'GET',
      path: '/deliveries/:id',
      async run({ parameters }) {
        const shown = await show(parameters['id'] ?? '');
        return shown && { delivery: shownView(shown) };
      },
    },
    {
      method: 'POST',
      path: '/channels/:id/test',
      run: ({ parameters, body }) => tryChannel(parameters['id'] ?? '', parse(testBody, body).withPost),
    },
    {
      method: 'GET',
      path: '/backtest',
      run({ query }) {
        const { days, channel } = parse(backtestQuery, query);
        return backtest(days, channel);
      },
    },
    {
      method: 'GET',
      path: '/articles/:id/preview',
      run: ({ parameters, query }) => {
        const channelId = typeof query['channel'] === 'string' ? query['channel'] : undefined;
        return preview(parameters['id'] ?? '', channelId);
      },
    },
  ];
}

function decisionRoutes(decisions: Decisions): ApiRoute[] {
  const ofArticle = (name: string, decide: (id: string, body: unknown) => Promise<StoredArticle>): ApiRoute => ({
    method: 'POST',
    path: `/articles/:id/${name}`,
    run: async ({ parameters, body }) => ({ article: articleView(await decide(parameters['id'] ?? '', body)) }),
  });
  const ofDelivery = (name: string, decide: (id: string, body: unknown) => Promise<Delivery>): ApiRoute => ({
    method: 'POST',
    path: `/deliveries/:id/${name}`,
    run: async ({ parameters, body }) => ({ delivery: deliveryView(await decide(parameters['id'] ?? '', body)) }),
  });
  return [
    ofArticle('hold', (id) => decisions.hold(id)),
    ofArticle('release', (id) => decisions.release(id)),
    ofArticle('withdraw', (id, body) => decisions.withdraw(id, parse(withdrawBody, body).reason)),
    ofDelivery('retry', (id) => decisions.retry(id)),
    ofDelivery('approve', (id, body) => decisions.approve(id, approvalIn(body))),
    ofDelivery('cancel', (id) => decisions.cancel(id)),
    ofDelivery('adopt', (id, body) => decisions.adopt(id, parse(adoptBody, body).url)),
    ...sourceRoutes(decisions),
    ...stopRoutes(decisions),
  ];
}

function approvalIn(body: unknown): Approval {
  const { by, text, revision } = parse(approveBody, body);
  return { by, ...(text !== undefined && { text }), ...(revision !== undefined && { revision }) };
}

function sourceRoutes({ source }: Decisions): ApiRoute[] {
  const route = (name: string, decide: (id: string, body: unknown) => Promise<SourceDecision>): ApiRoute => ({
    method: 'POST',
    path: `/sources/:id/${name}`,
    run: async ({ parameters, body }) => ({ source: await decide(parameters['id'] ?? '', body) }),
  });
  return [
    route('fold', (id) => source.fold(id)),
    route('seen', (id) => source.seen(id)),
    route('newest', (id, body) => source.newest(id, parse(newestBody, body).count)),
    route('drip', (id) => source.drip(id)),
  ];
}

function stopRoutes(decisions: Decisions): ApiRoute[] {
  return [
    {
      method: 'POST',
      path: '/stop-all',
      async run({ body }) {
        const { by, reason } = parse(stopBody, body);
        return { stopped: stopView(await decisions.stopAll(by, reason)) };
      },
    },
    {
      method: 'POST',
      path: '/resume-all',
      async run({ body }) {
        const ended = await decisions.resumeAll(parse(resumeBody, body).by);
        return { ended: ended && stopView(ended) };
      },
    },
  ];
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new UserError(`${issue?.path.join('.') || 'The request'}: ${issue?.message}`);
}
