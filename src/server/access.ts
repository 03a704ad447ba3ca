/** Who may see what: the console, the boards and all below them are for signed-in visitors. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Visitor } from '#src/core/page.ts';
import { languagesOf } from '#src/server/language.ts';
import { changesSomething, isSameOrigin, refusal } from '#src/server/same-origin.ts';
import { readSession, rememberPage } from '#src/server/session-cookie.ts';
import type { SignIn } from '#src/server/sign-in.ts';

export const signInPath = '/console/sign-in';

export interface Access {
  isSignedIn(request: FastifyRequest): Promise<boolean>;
  visitor(request: FastifyRequest, reply: FastifyReply): Promise<Visitor>;
}

export function createAccess(signIn: SignIn, publicUrl: string): Access {
  const asked = new WeakMap<FastifyRequest, Promise<boolean>>();
  const isSignedIn = (request: FastifyRequest): Promise<boolean> => {
    const secret = readSession(request, publicUrl);
    if (secret === null) return Promise.resolve(false);
    const known = asked.get(request) ?? signIn.isOpen(secret);
    asked.set(request, known);
    return known;
  };
  return {
    isSignedIn,
    visitor: async (request, reply) => ({
      isOperator: await isSignedIn(request),
      languages: languagesOf(request, reply),
    }),
  };
}

/** By the address, so that it holds for whatever is put below `/console` and `/board` by whichever part. */
export function registerAccess(app: FastifyInstance, access: Access, publicUrl: string): void {
  app.addHook('onRequest', async (request, reply) => {
    if (!isForOperators(request)) return;
    reply.headers({ 'cache-control': 'no-store', 'cross-origin-resource-policy': 'same-origin' });
    if (changesSomething(request) && !isSameOrigin(request, publicUrl)) {
      return reply.code(403).type('text/plain; charset=utf-8').send(`${refusal}\n`);
    }
    if (request.routeOptions.url === signInPath || (await access.isSignedIn(request))) return;
    if (!isPageView(request)) return reply.code(401).send({ error: `Sign in first, at ${signInPath}` });
    rememberPage(request, reply);
    return reply.redirect(signInPath, 303);
  });
}

/** The route's own pattern counts, as the address may be written in many ways; the address where there is no route. */
function isForOperators({ routeOptions, url }: FastifyRequest): boolean {
  return /^\/(console|board)(\/|\?|$)/.test(routeOptions.url ?? url);
}

/** Somebody opens a page; not a script of a page that is open, nor a program. */
function isPageView({ method, headers }: FastifyRequest): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  const mode = headers['sec-fetch-mode'];
  if (mode !== undefined) return mode === 'navigate';
  const { accept = '*/*' } = headers;
  return accept.includes('text/html') || !accept.includes('application/json');
}
