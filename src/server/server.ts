/** The HTTP server: feeds and photos for readers, pages for people, the API for the command line. */
import Fastify, { type FastifyInstance } from 'fastify';
import { UserError } from '#src/core/errors.ts';
import { registerApi } from '#src/server/api.ts';
import type { ServerDeps } from '#src/server/deps.ts';
import { registerErrors } from '#src/server/errors.ts';
import { registerFeeds } from '#src/server/feeds.ts';
import { registerGuards } from '#src/server/guards.ts';
import { registerHealth } from '#src/server/health.ts';
import { isLoopback } from '#src/server/hosts.ts';
import { registerPages } from '#src/server/pages.ts';
import { registerPhotos } from '#src/server/photos.ts';

export interface Server {
  /** Throws a `UserError` when the address cannot be had. */
  listen(): Promise<{ url: string }>;
  /** Ends idle connections at once and waits for answers under way. */
  close(): Promise<void>;
}

export function createServer(deps: ServerDeps): Server {
  const app = Fastify({
    // Articles' and feeds' ids are short; a longer parameter is an attack or a mistake.
    routerOptions: { maxParamLength: 100 },
    bodyLimit: 64 * 1024,
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
  });
  registerGuards(app, deps);
  registerErrors(app, deps);
  registerFeeds(app, deps);
  registerPhotos(app, deps);
  registerPages(app, deps);
  registerHealth(app, deps);
  registerApi(app, deps);
  return { listen: () => listen(app, deps), close: () => app.close() };
}

async function listen(app: FastifyInstance, { settings }: ServerDeps): Promise<{ url: string }> {
  const { host, port } = settings.listen;
  if (!isLoopback(host)) {
    throw new UserError(`listen: ${host} is not this machine's own address, and the console has no sign-in yet`, {
      next: `Set \`listen: 127.0.0.1:${port}\`; for readers elsewhere let a web server pass on /feeds and /photos to it.`,
    });
  }
  try {
    return { url: (await app.listen({ host, port })).replace(/\/$/, '') };
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
