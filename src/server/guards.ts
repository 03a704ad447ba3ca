/** Before every route: only our own names, and headers that keep a page from doing more than it should. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ServerDeps } from '#src/server/deps.ts';
import { hostName, isLoopback } from '#src/server/hosts.ts';

const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  // Pages load our own style, script and pictures, and nothing from anywhere else.
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; " +
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
};

export function registerGuards(app: FastifyInstance, { settings }: ServerDeps): void {
  const publicHost = new URL(settings.publicUrl).hostname;
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders);
    const host = hostName(request.headers.host);
    if (host !== null && (isLoopback(host) || host === publicHost)) return;
    // A page elsewhere can point its own name at this machine (DNS rebinding) and would then read the console.
    reply.code(421).type('text/plain; charset=utf-8');
    return reply.send(
      `This is Loa, and it does not know the name in your request. It answers at ${settings.publicUrl} (setting \`publicUrl\`).\n`,
    );
  });
}

/** Whether a request comes straight from this machine: a proxy in front speaks for anybody. */
export function isDirect(request: FastifyRequest): boolean {
  const { headers } = request;
  const host = hostName(headers.host);
  const isForwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => headers[name] !== undefined);
  return host !== null && isLoopback(host) && !isForwarded;
}
