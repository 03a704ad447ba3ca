/** The HTTP server: feeds and photos for readers, pages for people, the API for the command line. */
import type { Server as HttpServer, RequestListener } from 'node:http';
import Fastify, { type FastifyInstance } from 'fastify';
import { UserError } from '#src/core/errors.ts';
import { createAccess, registerAccess, signInPath } from '#src/server/access.ts';
import { registerActions } from '#src/server/actions.ts';
import { registerApi } from '#src/server/api.ts';
import { registerChannelRoutes } from '#src/server/channel-routes.ts';
import type { ServerDeps } from '#src/server/deps.ts';
import { registerErrors } from '#src/server/errors.ts';
import { createFeeds, type Feeds } from '#src/server/feeds.ts';
import { registerGuards } from '#src/server/guards.ts';
import { registerHealth } from '#src/server/health.ts';
import { registerIngest } from '#src/server/ingest.ts';
import { registerMetrics } from '#src/server/metrics.ts';
import { registerPages } from '#src/server/pages.ts';
import { registerPhotos } from '#src/server/photos.ts';
import { registerQueueBoard } from '#src/server/queue-board.ts';
import { createSignIn } from '#src/server/sign-in.ts';
import { registerSignIn } from '#src/server/sign-in-routes.ts';
import { registerWebsub } from '#src/server/websub.ts';

export interface Server {
  /** Throws a `UserError` when the address cannot be had. */
  listen(): Promise<{ url: string }>;
  /** Path of a new one-time link that lets one person in. */
  signInPath(): Promise<string>;
  /** Ends idle connections at once and waits for answers under way. */
  close(): Promise<void>;
}

export function createServer(deps: ServerDeps): Server {
  const { publicUrl, network } = deps.settings;
  const signIn = createSignIn({ sessions: deps.ledger.sessions, clock: deps.clock });
  const access = createAccess(signIn, publicUrl);
  const newSignInPath = async () => `${signInPath}?token=${await signIn.newToken()}`;
  const feeds = createFeeds(deps);
  const app = Fastify({
    // Articles' and feeds' ids are short; a longer parameter is an attack or a mistake.
    routerOptions: { maxParamLength: 100 },
    bodyLimit: 64 * 1024,
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
    schemaController: { compilersFactory: noSchemas },
    // What a proxy says of its visitors counts only from these; from anybody else it could be made up.
    trustProxy: network.trustedProxies.length > 0 ? network.trustedProxies : false,
  });
  answerFeedsFirst(app.server, feeds);
  registerGuards(app, deps);
  registerAccess(app, access, publicUrl);
  registerErrors(app, deps, access);
  feeds.register(app);
  registerPhotos(app, deps);
  registerSignIn(app, deps, signIn, access);
  registerPages(app, deps, access);
  registerActions(app, deps);
  registerQueueBoard(app, deps);
  registerIngest(app, deps);
  registerWebsub(app, deps);
  registerChannelRoutes(app, deps);
  registerHealth(app, deps);
  registerMetrics(app, deps, access);
  registerApi(app, deps, access, newSignInPath);
  return { listen: () => listen(app, deps), signInPath: newSignInPath, close: () => app.close() };
}

/** Routes check what they are given with zod; Fastify's own compilers of schemas would take memory for nothing. */
const noSchemas = { buildValidator: refuseSchema, buildSerializer: refuseSchema };

function refuseSchema(): never {
  throw new Error('Routes have no schemas of their own');
}

/** What is a feed in memory never reaches the framework, nor any hook: feeds are for everybody. */
function answerFeedsFirst(server: HttpServer, feeds: Feeds): void {
  const [others] = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request').on('request', (request, response) => {
    // One that is closing answers nobody at once: the framework says so on every connection that is still open.
    if (!server.listening || !feeds.answerAtOnce(request, response)) others?.(request, response);
  });
}

async function listen(app: FastifyInstance, { settings }: ServerDeps): Promise<{ url: string }> {
  const { host, port } = settings.listen;
  try {
    const url = new URL(await app.listen({ host, port }));
    // "Every address of this machine" is none that a link can lead to.
    if (host === '0.0.0.0') url.hostname = '127.0.0.1';
    if (host === '::') url.hostname = '[::1]';
    return { url: url.origin };
  } catch (error) {
    throw listenError(error, host, port);
  }
}

function listenError(error: unknown, host: string, port: number): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  const cause = { cause: error };
  if (code === 'EADDRINUSE') {
    const next = 'Stop the program that uses it, or choose another port with the setting `listen`.';
    return new UserError(`Port ${port} on ${host} is in use by another program`, { next, ...cause });
  }
  if (code === 'EACCES') {
    const next = 'Choose a port from 1024 up with the setting `listen`.';
    return new UserError(`Port ${port} on ${host} may not be used by this user`, { next, ...cause });
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    const next = 'Set `listen` to an address of this machine, such as `127.0.0.1:8080`.';
    return new UserError(`${host} is not an address of this machine`, { next, ...cause });
  }
  return error;
}
