/** What the console's forms do: each posts to `/console/actions` and an API route's path; who may was asked before. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { UserError } from '#src/core/errors.ts';
import type { Notice } from '#src/core/page.ts';
import { apiRoutes } from '#src/server/api-routes.ts';
import type { ApiRoute, ServerDeps } from '#src/server/deps.ts';
import { takeForms } from '#src/server/forms.ts';
import { operatorPage, readCookie } from '#src/server/session-cookie.ts';

type Form = Readonly<Record<string, string>>;

/** Answers with the page the form stood on, and a line there that says what came of it. */
export function registerActions(app: FastifyInstance, deps: ServerDeps): void {
  const routes = [...apiRoutes(deps), ...(deps.api ?? [])].filter(isForPeople);
  app.register(async (forms) => {
    // The longest post of a channel, each of its letters percent-encoded.
    takeForms(forms, 512 * 1024);
    for (const route of routes) {
      forms.post<{ Params: Record<string, string>; Body: Form | null }>(
        `/console/actions${route.path}`,
        async (request, reply) => {
          const { back = '', ...fields } = request.body ?? {};
          leaveNotice(reply, await act(route, request.params, fields));
          return reply.redirect(operatorPage(back) ?? '/console', 303);
        },
      );
    }
  });
}

function isForPeople({ method, path, local }: ApiRoute): boolean {
  return (
    method === 'POST' && !local && /^\/((articles|deliveries|channels|sources)\/:id\/|(stop|resume)-all$)/.test(path)
  );
}

async function act(route: ApiRoute, parameters: Record<string, string>, fields: Form): Promise<Notice> {
  const body = Object.fromEntries(Object.entries(fields).filter(([, text]) => text.trim() !== ''));
  try {
    const answer = await route.run({ parameters, query: {}, body });
    if (answer === null) return { kind: 'refused', message: 'There is nothing with that id', next: null };
    return { kind: 'done', action: route.path.split('/').at(-1)! };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { kind: 'refused', message: error.message, next: error.next };
  }
}

const cookie = 'loa-notice';
const flags = 'Path=/console; HttpOnly; SameSite=Strict';

/** Browsers drop a cookie of more than 4096 bytes, and a letter takes up to nine of them. */
const most = { message: 250, next: 150 };

/** In a cookie and not in the address, where a link from elsewhere could say anything. */
function leaveNotice(reply: FastifyReply, notice: Notice): void {
  const text = encodeURIComponent(JSON.stringify(notice.kind === 'refused' ? shortened(notice) : notice));
  reply.header('set-cookie', `${cookie}=${text}; Max-Age=60; ${flags}`);
}

function shortened({ kind, message, next }: Extract<Notice, { kind: 'refused' }>): Notice {
  return { kind, message: cut(message, most.message), next: next && cut(next, most.next) };
}

const cut = (text: string, length: number) =>
  text.length <= length ? text : `${text.slice(0, length - 1).toWellFormed()}…`;

/** What the last form left, once; null without any. */
export function takeNotice(request: FastifyRequest, reply: FastifyReply): Notice | null {
  const kept = readCookie(request, cookie);
  // The script of an open page asks too, and shows none of it.
  if (!kept || (request.headers['sec-fetch-mode'] ?? 'navigate') !== 'navigate') return null;
  reply.header('set-cookie', `${cookie}=; Max-Age=0; ${flags}`);
  try {
    const { kind, action, message, next } = JSON.parse(decodeURIComponent(kept));
    if (kind === 'done') return { kind, action: String(action) };
    if (kind !== 'refused' || typeof message !== 'string') return null;
    return { kind, message, next: typeof next === 'string' ? next : null };
  } catch {
    return null;
  }
}
