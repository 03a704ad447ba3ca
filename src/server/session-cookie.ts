/** The cookie that holds a session's secret, and the one that remembers which page was asked for first. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isDirect } from '#src/server/hosts.ts';
import { sessionLife } from '#src/server/sign-in.ts';

/**
 * Whether this visitor's cookie may travel over https only. What comes straight from this machine crosses no network,
 * and not every browser keeps such a cookie for `http://127.0.0.1`.
 */
export function isSecure(request: FastifyRequest, publicUrl: string): boolean {
  return request.protocol === 'https' || (publicUrl.startsWith('https:') && !isDirect(request));
}

export function readSession(request: FastifyRequest, publicUrl: string): string | null {
  return readCookie(request, sessionName(request, publicUrl));
}

export function writeSession(request: FastifyRequest, reply: FastifyReply, publicUrl: string, secret: string | null) {
  const life = secret === null ? 0 : sessionLife / 1000;
  // Lax, not Strict: with Strict, a link to the console in a chat would end at the sign-in page. What changes anything
  // is never a GET and must come from our own pages (same-origin.ts).
  const flags = `Path=/; Max-Age=${life}; HttpOnly; SameSite=Lax${isSecure(request, publicUrl) ? '; Secure' : ''}`;
  reply.header('set-cookie', `${sessionName(request, publicUrl)}=${secret ?? ''}; ${flags}`);
}

/** `__Host-`: neither another name of the domain nor plain http can have set it. */
function sessionName(request: FastifyRequest, publicUrl: string): string {
  if (isSecure(request, publicUrl)) return '__Host-loa-session';
  // Cookies know no ports; two newsrooms on one machine would sign each other out.
  const port = /:(\d+)$/.exec(request.host)?.[1];
  return port ? `loa-session-${port}` : 'loa-session';
}

const next = 'loa-next';
const nextFlags = 'Path=/console/sign-in; HttpOnly; SameSite=Lax';

/** A cookie, no parameter: a link from elsewhere cannot say where signing in leads. */
export function rememberPage(request: FastifyRequest, reply: FastifyReply): void {
  const page = operatorPage(request.url);
  if (page) reply.header('set-cookie', `${next}=${encodeURIComponent(page)}; Max-Age=900; ${nextFlags}`);
}

/** Where to go after signing in; forgets it. */
export function rememberedPage(request: FastifyRequest, reply: FastifyReply): string {
  const kept = readCookie(request, next);
  if (kept === null) return '/console';
  reply.header('set-cookie', `${next}=; Max-Age=0; ${nextFlags}`);
  return operatorPage(decode(kept)) ?? '/console';
}

/** The path of one of the pages that need a session, on this server and no other; null for everything else. */
export function operatorPage(address: string): string | null {
  if (address.length > 500 || !address.startsWith('/')) return null;
  const url = URL.parse(address, 'http://loa.invalid');
  if (url?.origin !== 'http://loa.invalid' || !/^\/(console|board)(\/|$)/.test(url.pathname)) return null;
  return /^\/console\/sign-(in|out)(\/|$)/.test(url.pathname) ? null : url.pathname + url.search;
}

export function readCookie(request: FastifyRequest, name: string): string | null {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
