import type { IncomingMessage, ServerResponse } from 'node:http';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import Fastify from 'fastify';

export interface BoardQueues {
  /** BullMQ's own. */
  queues: readonly unknown[];
  /** In the ledger's database, not on Redis. */
  inDatabase: boolean;
}

/** Workers that wait for such a limit ask the database thousands of times a second. */
const noConcurrency = 'A queue in the database takes no limit over all workers. On Redis it can be set.';

const fonts = { 'font-sans': 'system-ui, sans-serif', 'font-mono': 'ui-monospace, monospace' };

/** A server of its own that never listens: what came past our guards is handed to it. */
export async function openQueueBoard(
  { queues, inDatabase }: BoardQueues,
  prefix: string,
): Promise<(request: IncomingMessage, response: ServerResponse) => void> {
  const adapter = new FastifyAdapter();
  adapter.setBasePath(prefix);
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue as never)),
    serverAdapter: adapter,
    options: {
      uiConfig: {
        boardTitle: 'Loa queues',
        hideDocsLink: true,
        // The database names one worker of several, or none.
        showWorkers: !inDatabase,
        miscLinks: [{ text: 'Console', url: '/console' }],
        theme: { light: fonts, dark: fonts },
      },
      handlerHooks: {
        async before({ route }) {
          if (!inDatabase || !route.endsWith('/concurrency')) return;
          return { allow: false, status: 405, message: noConcurrency };
        },
      },
    },
  });

  const app = Fastify({ bodyLimit: 256 * 1024 });
  app.addHook('onSend', async (_, reply, payload) => {
    const isPage = String(reply.getHeader('content-type')).startsWith('text/html');
    return isPage && typeof payload === 'string' ? withoutForeign(payload) : payload;
  });
  await app.register(adapter.registerPlugin(), { prefix });
  await app.ready();
  return (request, response) => app.routing(request, response);
}

/** Its page asks for fonts from another company's server, which would learn who looks at what and when. */
function withoutForeign(page: string): string {
  return page.replace(/<(?:link|script)\b[^>]*\b(?:href|src)="(?:https?:)?\/\/[^>]*>/gi, '');
}
