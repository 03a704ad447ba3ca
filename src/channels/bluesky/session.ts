/** The session behind every request: got with the app password, renewed when it ends, kept by delivery. */

import {
  type Answer,
  type Ask,
  call,
  isAccountGone,
  isSessionOver,
  jsonBody,
  resultOf,
} from '#src/channels/bluesky/call.ts';
import type { BlueskySettings } from '#src/channels/bluesky/settings.ts';
import type { ChannelTools } from '#src/channels/channel.ts';
import { NotPrepared, resultOfFailure } from '#src/core/send-result.ts';

export interface Session {
  /** Of the settings it was made with, unreadable: with others it is none of theirs. */
  madeWith: string;
  did: string;
  handle: string;
  /** Where the account's data lives: every call but the first goes there. */
  host: string;
  access: string;
  refresh: string;
}

/** The session, or a newer one in place of what was refused. Throws `NotPrepared`: nothing was sent. */
export async function openSession(settings: BlueskySettings, tools: ChannelTools, refused?: Session): Promise<Session> {
  try {
    const session = await tools.token<Session>(refused);
    return session.madeWith === markOf(settings, tools) ? session : await tools.token<Session>(session);
  } catch (error) {
    const result = resultOfFailure(error);
    throw error instanceof NotPrepared || result.kind === 'sent' ? error : new NotPrepared(result);
  }
}

/** Asks as the account; once more with a new session when the answer says that the old one is over. */
export async function ask(
  what: (session: Session) => Omit<Ask, 'host' | 'bearer'>,
  settings: BlueskySettings,
  tools: ChannelTools,
): Promise<{ answer: Answer; session: Session }> {
  const once = async (session: Session) => {
    const request = { ...what(session), host: session.host, bearer: session.access };
    return { answer: await call(request, settings, tools), session };
  };
  const first = await once(await openSession(settings, tools));
  return isSessionOver(first.answer) ? once(await openSession(settings, tools, first.session)) : first;
}

/** The account's own repository, named by DID or by handle as people copy it; null for another's. */
export function ownRepo(repo: string | undefined, { did, handle }: Session): string | null {
  return repo === did || repo?.toLowerCase() === handle.toLowerCase() ? did : null;
}

/** The channel's `refresh`: renews the stored session, or logs in. Throws `NotPrepared` with what a person must do. */
export async function refreshSession(
  stored: unknown,
  settings: BlueskySettings,
  tools: ChannelTools,
): Promise<{ token: Session }> {
  const old = stored as Partial<Session> | null;
  const mark = markOf(settings, tools);
  if (old?.madeWith === mark && old.host && old.refresh) {
    const answer = await renew(old.host, old.refresh, settings, tools);
    if (answer?.status === 429) throw refusal(answer, tools);
    if (answer && holdsSession(answer))
      return { token: sessionOf(answer, { ...old, madeWith: mark }, settings, tools) };
  }
  const { identifier, appPassword: password } = settings;
  const login = { host: settings.service, nsid: 'com.atproto.server.createSession' };
  const answer = await call({ ...login, ...jsonBody({ identifier, password }) }, settings, tools);
  return { token: sessionOf(answer, { madeWith: mark, host: settings.service }, settings, tools) };
}

/** Null where nothing answers: then, as where it is refused, the app password decides. */
async function renew(host: string, bearer: string, settings: BlueskySettings, tools: ChannelTools) {
  // Short enough that a log-in still fits into the time of a request.
  const timeoutMs = 8000;
  const renewal = { method: 'POST', nsid: 'com.atproto.server.refreshSession', host, bearer, timeoutMs } as const;
  try {
    return await call(renewal, settings, tools);
  } catch (error) {
    if (tools.signal.aborted) throw error;
    return null;
  }
}

/** Known again by it, without keeping the password a second time. */
function markOf({ service, identifier, appPassword }: BlueskySettings, tools: ChannelTools): string {
  return tools.sign(JSON.stringify(['bluesky session', service, identifier, appPassword]));
}

function sessionOf(
  answer: Answer,
  known: Pick<Session, 'madeWith'> & Partial<Session>,
  { service }: BlueskySettings,
  tools: ChannelTools,
): Session {
  const { did, handle, accessJwt, refreshJwt, didDoc, active, status } = answer.json ?? {};
  if (answer.status !== 200) throw refusal(answer, tools);
  if (active === false) {
    const why = typeof status === 'string' ? status.slice(0, 40) : 'no reason given';
    throw forChannel(`Bluesky says that the account is not active (${why}): log in with the app to see why`);
  }
  if (!holdsSession(answer)) {
    const reason = `${service} answered a log-in with something that is not Bluesky's: set service to the account's provider`;
    throw new NotPrepared({ kind: 'notSent', reason });
  }
  const host = dataHost(didDoc, service) ?? known.host ?? service;
  const name = isHandle(handle) ? handle : did;
  return { madeWith: known.madeWith, did, handle: name, host, access: accessJwt, refresh: refreshJwt };
}

function holdsSession({ status, json }: Answer): boolean {
  return (
    status === 200 && json?.active !== false && isDid(json?.did) && isToken(json.accessJwt) && isToken(json.refreshJwt)
  );
}

const isDid = (value: unknown) => typeof value === 'string' && /^did:[a-z]+:[\w.:%-]{1,2000}$/.test(value);
export const isHandle = (value: unknown) => typeof value === 'string' && /^[\w.-]{1,253}$/.test(value);
const isToken = (value: unknown) => typeof value === 'string' && /^[\x21-\x7e]{1,8192}$/.test(value);

/** Never a session in the clear: https, unless the operator's own service is reached without it. */
function dataHost(didDoc: any, service: string): string | null {
  const services: any[] = Array.isArray(didDoc?.service) ? didDoc.service : [];
  const address = services.find((one) => /#atproto_pds$/.test(String(one?.id)))?.serviceEndpoint;
  if (typeof address !== 'string' || !URL.canParse(address)) return null;
  const { protocol, origin } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && service.startsWith('http:')) ? origin : null;
}

function refusal(answer: Answer, tools: ChannelTools): NotPrepared {
  const { status, error, said } = answer;
  if (error === 'AuthFactorTokenRequired') {
    return forChannel(
      'Bluesky asks for a code by e-mail, as it does for the account’s own password: make an app password (Settings, Privacy and security, App passwords) and put it into the settings',
    );
  }
  if (!isAccountGone(answer) && (status === 401 || error === 'AuthenticationRequired')) {
    return forChannel(
      `Bluesky does not know this handle with this app password (${status}${said && `: ${said}`}): make a new app password (Settings, Privacy and security, App passwords) and put it into the settings`,
    );
  }
  const result = resultOf(answer, tools.clock.now());
  // No post is at fault.
  return result.kind === 'permanent' ? forChannel(result.reason) : new NotPrepared(result);
}

const forChannel = (reason: string) => new NotPrepared({ kind: 'permanent', scope: 'channel', reason });
