/** Which Page it is, and how long its token lasts. */
import type { ChannelTools, CheckResult } from '#src/channels/channel.ts';
import { type Answer, call, callAs } from '#src/channels/facebook/call.ts';
import type { FacebookSettings } from '#src/channels/facebook/settings.ts';
import { UserError } from '#src/core/errors.ts';

/** Throws a `UserError` for what the operator must mend. The token's end is known only with the app's credentials. */
export async function checkAccount(settings: FacebookSettings, tools: ChannelTools): Promise<CheckResult> {
  const answer = await call(`/${settings.pageId}`, { query: { fields: 'id,name,link' } }, settings, tools);
  const { id, name } = answer.json ?? {};
  if (answer.status !== 200 || answer.error || String(id) !== settings.pageId) throw fault(answer, settings);
  const account = typeof name === 'string' ? `${name} (${settings.pageId})` : settings.pageId;
  const expiresAt = await tokenEnd(settings, tools);
  return { account, facts: {}, ...(expiresAt !== null && { expiresAt }) };
}

const needed = ['pages_manage_posts', 'pages_read_engagement'];
const renew = 'Log in again as an admin of the Page, make a new Page token, and put it into accessToken.';

/** ISO 8601; null without an end, or without the app's credentials to ask with. */
async function tokenEnd(settings: FacebookSettings, tools: ChannelTools): Promise<string | null> {
  const { appId, appSecret, accessToken } = settings;
  if (appId === undefined || appSecret === undefined) return null;
  // Facebook takes neither of the two but in the address here, which nobody is told.
  const query = { input_token: accessToken, access_token: `${appId}|${appSecret}` };
  const answer = await callAs({}, '/debug_token', { query }, settings, tools);
  const data = answer.json?.data;
  if (answer.status !== 200 || answer.error || typeof data !== 'object' || data === null) {
    throw new UserError(`Facebook does not say how long the token lasts${said(answer)}`, {
      next: 'Check appId and appSecret: the app that the token was made with, Settings, Basic.',
    });
  }
  if (data.is_valid === false) throw new UserError('The Page’s token is not valid any more', { next: renew });
  const missing = Array.isArray(data.scopes) ? needed.filter((scope) => !data.scopes.includes(scope)) : [];
  if (missing.length > 0) throw new UserError(`The Page’s token lacks ${missing.join(' and ')}`, { next: renew });
  const ends = [data.expires_at, data.data_access_expires_at].map(Number).filter((seconds) => seconds > 0);
  return ends.length > 0 ? new Date(Math.min(...ends) * 1000).toISOString() : null;
}

function fault(answer: Answer, { pageId, baseUrl }: FacebookSettings): UserError {
  const { status, error, json } = answer;
  const { code, message = '' } = error ?? {};
  if (code === 102 || code === 190 || status === 401) {
    return new UserError(`Facebook refuses the Page’s token${said(answer)}`, { next: renew });
  }
  if (code === 4 || code === 17 || code === 32 || status === 429 || status >= 500 || error?.isTransient) {
    return new UserError(`Facebook cannot answer now${said(answer)}`, { next: 'Check again in an hour.' });
  }
  if (!json) {
    return new UserError(`${new URL(baseUrl).host} answered ${status} with something that is not the Graph API’s`, {
      next: 'Leave out baseUrl for Facebook’s own server.',
    });
  }
  if (message === '' && status === 200) {
    return new UserError(`The token is for ${json.id}, not for the Page ${pageId}`, {
      next: 'Take the token of this Page from GET /me/accounts, or correct pageId.',
    });
  }
  return new UserError(`Facebook does not show the Page ${pageId}${said(answer)}`, {
    next: 'Check pageId, and that the token is of this Page and has pages_read_engagement.',
  });
}

function said({ status, error }: Answer): string {
  return ` (${error?.code ?? status}${error?.message ? `: ${error.message}` : ''})`;
}
