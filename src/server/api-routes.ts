/** What the API tells of the ledger. */
import { z } from 'zod';
import { deliveryStates } from '#src/core/delivery.ts';
import { UserError } from '#src/core/errors.ts';
import type { ApiRoute, ServerDeps } from '#src/server/deps.ts';
import { switchChannel, viewChannels } from '#src/server/ledger-channels.ts';
import { removeOptOut, viewOptOuts } from '#src/server/ledger-opt-outs.ts';
import { viewSources } from '#src/server/ledger-sources.ts';
import { viewTrace } from '#src/server/ledger-trace.ts';
import { viewArticles, viewDeliveries } from '#src/server/ledger-views.ts';
import { readStatus } from '#src/server/status.ts';

const articleQuery = z.object({
  limit: z.coerce.number().int().min(1).max(10_000).default(50),
  offset: z.coerce.number().int().min(0).default(0),
});

const optOutBody = z.object({ address: z.string().min(1).max(320) });

const traceQuery = z.object({ of: z.string().min(1).max(4000) });

const deliveryQuery = z.object({
  limit: articleQuery.shape.limit,
  state: z.enum(deliveryStates).optional(),
  channel: z.string().optional(),
  article: z.string().optional(),
});

export function apiRoutes(deps: Omit<ServerDeps, 'pages'>): ApiRoute[] {
  const { ledger, settings, clock } = deps;
  return [
    { method: 'GET', path: '/status', run: () => readStatus(deps) },
    {
      method: 'GET',
      path: '/articles',
      run: async ({ query }) => viewArticles(ledger, parse(articleQuery, query)),
    },
    {
      method: 'GET',
      // Addresses and names of sources are longer than a path may be.
      path: '/trace',
      run: async ({ query }) => viewTrace(ledger, parse(traceQuery, query).of, { settings, now: clock.now() }),
    },
    {
      method: 'GET',
      path: '/articles/:id/trace',
      run: ({ parameters }) => viewTrace(ledger, parameters['id'] ?? '', { settings, now: clock.now() }),
    },
    { method: 'GET', path: '/sources', run: () => viewSources(ledger, settings) },
    { method: 'GET', path: '/channels', run: () => viewChannels(ledger, settings, clock.now()) },
    {
      method: 'GET',
      path: '/channels/:id/optouts',
      run: ({ parameters }) => viewOptOuts(ledger, settings, parameters['id'] ?? ''),
    },
    {
      method: 'POST',
      path: '/channels/:id/optouts/remove',
      run: async ({ parameters, body }) =>
        removeOptOut(ledger, settings, { channelId: parameters['id'] ?? '', ...parse(optOutBody, body) }),
    },
    ...(['pause', 'resume'] as const).map(
      (to): ApiRoute => ({
        method: 'POST',
        path: `/channels/:id/${to}`,
        run: ({ parameters }) => switchChannel(ledger, settings, { id: parameters['id'] ?? '', to, now: clock.now() }),
      }),
    ),
    {
      method: 'GET',
      path: '/deliveries',
      async run({ query }) {
        const { limit, state, channel, article } = parse(deliveryQuery, query);
        return viewDeliveries(ledger, {
          limit,
          ...(state && { state }),
          ...(channel && { channel }),
          ...(article && { article }),
        });
      },
    },
  ];
}

function parse<T>(schema: z.ZodType<T>, query: unknown): T {
  const result = schema.safeParse(query);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new UserError(`${issue?.path.join('.')}: ${issue?.message}`);
}
