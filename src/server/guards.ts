/** Before every route: only our own names, and headers that keep a page from doing more than it should. */
import type { FastifyInstance } from 'fastify';
import type { ServerDeps } from '#src/server/deps.ts';
import { hostCheck } from '#src/server/hosts.ts';

/** Pages load our own style, script and pictures, and nothing from anywhere else. */
const policy = {
  'default-src': "'none'",
  'style-src': "'self'",
  'script-src': "'self'",
  'img-src': "'self'",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'self'",
  'frame-ancestors': "'none'",
};

/**
 * The value of `Content-Security-Policy`. Routes that need more set their own in an `onRequest` hook, which runs after
 * the one here: `contentPolicy({ 'font-src': "'self'" })`.
 */
export function contentPolicy(changes: Readonly<Record<string, string>> = {}): string {
  const directives = Object.entries({ ...policy, ...changes });
  return directives.map(([name, value]) => `${name} ${value}`).join('; ');
}

export const securityHeaders = {
  'x-content-type-options': 'nosniff',
  // Not `no-referrer`: browsers would send forms with `Origin: null`, which tells nothing of where they come from.
  'referrer-policy': 'same-origin',
  'content-security-policy': contentPolicy(),
  'cross-origin-opener-policy': 'same-origin',
};

/** These let in by signature or token, and a neighbour may know this machine by a name of its own. */
const isForMachines = /^\/(ingest|websub)\//;

export function registerGuards(app: FastifyInstance, { settings }: ServerDeps): void {
  const isOurs = hostCheck(settings.publicUrl);
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders);
    if (isOurs(request.host) || isForMachines.test(request.routeOptions.url ?? '')) return;
    // A page elsewhere can point its own name at this machine (DNS rebinding) and would then speak for our visitors.
    reply.code(421).type('text/plain; charset=utf-8');
    return reply.send(
      `This is Loa, and it does not know the name in your request. It answers at ${settings.publicUrl} (setting \`publicUrl\`).\n`,
    );
  });
}
