/** Signing in with the link that `loa start` prints, by opening it or by pasting it; and signing out. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Access, signInPath } from '#src/server/access.ts';
import type { ServerDeps } from '#src/server/deps.ts';
import { takeForms } from '#src/server/forms.ts';
import { hostName } from '#src/server/hosts.ts';
import { isSecure, readSession, rememberedPage, writeSession } from '#src/server/session-cookie.ts';
import type { SignIn } from '#src/server/sign-in.ts';
import { createThrottle } from '#src/server/throttle.ts';

type SignInDeps = Pick<ServerDeps, 'settings' | 'pages' | 'clock' | 'log'>;

export function registerSignIn(app: FastifyInstance, deps: SignInDeps, signIn: SignIn, access: Access): void {
  const { settings, pages } = deps;
  const { publicUrl } = settings;
  const throttle = createThrottle(deps);

  const show = async (request: FastifyRequest, reply: FastifyReply, notice: 'wrong' | 'insecure' | null) => {
    const { status, contentType, body } = await pages.signIn(await access.visitor(request, reply), notice);
    return reply.code(status).type(contentType).send(body);
  };

  const enter = async (token: string, request: FastifyRequest, reply: FastifyReply) => {
    if (isInClear(request, publicUrl)) return show(request, reply, 'insecure');
    const { ip } = request;
    const wait = throttle.wait(ip);
    // Whoever else guesses, from the same address too: the link that we printed works.
    if (wait > 0 && !signIn.isKnown(token)) {
      reply.code(429).header('retry-after', wait).type('text/plain; charset=utf-8');
      return reply.send(`Too many links that do not work came from here. Try again in ${wait} seconds.\n`);
    }
    const secret = await signIn.redeem(token);
    if (secret !== null) {
      const before = readSession(request, publicUrl);
      if (before !== null) await signIn.end(before);
      writeSession(request, reply, publicUrl, secret);
      return reply.redirect(rememberedPage(request, reply), 303);
    }
    // Who opens a used link again, and is in already, need not care.
    if (await access.isSignedIn(request)) return reply.redirect('/console', 303);
    throttle.countWrong(ip);
    return show(request, reply, 'wrong');
  };

  app.register(async (routes) => {
    takeForms(routes, 4096);

    routes.get<{ Querystring: { token?: unknown } }>(signInPath, async (request, reply) => {
      const { token } = request.query;
      if (typeof token === 'string' && isOpened(request)) return enter(token, request, reply);
      return (await access.isSignedIn(request)) ? reply.redirect('/console', 303) : show(request, reply, null);
    });

    routes.post<{ Body: { link?: unknown } | null }>(signInPath, async (request, reply) => {
      const pasted = String(request.body?.link ?? '').trim();
      return enter(/[?&]token=([\w-]+)/.exec(pasted)?.[1] ?? pasted, request, reply);
    });

    routes.post('/console/sign-out', async (request, reply) => {
      const secret = readSession(request, publicUrl);
      if (secret !== null) await signIn.end(secret);
      writeSession(request, reply, publicUrl, null);
      return reply.redirect(signInPath, 303);
    });
  });
}

/** A look ahead (of a chat, of a browser that guesses what comes next) must not use a link up. */
function isOpened({ method, headers }: FastifyRequest): boolean {
  return (
    method === 'GET' && !/prefetch|preview|prerender/i.test(String(headers['sec-purpose'] ?? headers['purpose'] ?? ''))
  );
}

/** The browser would not keep a cookie for https only: `publicUrl` is https, and this request came past it. */
function isInClear(request: FastifyRequest, publicUrl: string): boolean {
  if (request.protocol === 'https' || !isSecure(request, publicUrl)) return false;
  return hostName(request.host) !== new URL(publicUrl).hostname;
}
