/** Whose token it is, and what the server allows. */
import type { ChannelTools, CheckResult } from '#src/channels/channel.ts';
import { type Answer, call, isId } from '#src/channels/mastodon/call.ts';
import { factsOf, isGoToSocial } from '#src/channels/mastodon/facts.ts';
import type { MastodonSettings } from '#src/channels/mastodon/settings.ts';
import { UserError } from '#src/core/errors.ts';

/** Account as `@name@host`, and the server's limits; throws a `UserError` for what the operator must mend. */
export async function checkAccount(settings: MastodonSettings, tools: ChannelTools): Promise<CheckResult> {
  const { username } = await ownAccount(settings, tools);
  const newer = await call('/api/v2/instance', {}, settings, tools);
  const instance = newer.status === 200 && newer.json ? newer : await call('/api/v1/instance', {}, settings, tools);
  if (instance.status !== 200 || !instance.json) {
    // Without its limits those known from before hold on, and it is asked again.
    throw new UserError(`${settings.baseUrl} did not say what posts it takes (${instance.status})`, {
      next: 'It is asked again by itself; look at the server if it goes on.',
    });
  }
  if (settings.keepsKeys && isGoToSocial(instance.json)) {
    throw new UserError(`${settings.baseUrl} runs GoToSocial, which would show a post twice when it is sent again`, {
      next: 'Set keepsKeys: false in the settings of the channel, so that a post in doubt is looked for instead.',
    });
  }
  return { account: `@${username}@${new URL(settings.baseUrl).host}`, facts: { ...factsOf(instance.json), username } };
}

export async function ownAccount(
  settings: MastodonSettings,
  tools: ChannelTools,
): Promise<{ id: string; username: string }> {
  const answer = await call('/api/v1/accounts/verify_credentials', {}, settings, tools);
  const { id, username } = answer.json ?? {};
  if (answer.status !== 200 || !isId(id) || !isId(username)) throw fault(answer, settings);
  return { id, username };
}

function fault({ status, error, json }: Answer, { baseUrl }: MastodonSettings): UserError {
  const said = error && `: ${error}`;
  if (status === 401) {
    return new UserError(`${baseUrl} does not know the access token${said}`, {
      next: 'Copy it again: Preferences, Development, your application, “Your access token”.',
    });
  }
  if (status === 403) {
    return new UserError(`${baseUrl} does not let the token read its own account${said}`, {
      next: 'Give the application the scope profile (read:accounts on older servers), then copy its new token.',
    });
  }
  if (status === 429 || status >= 500) {
    return new UserError(`${baseUrl} cannot answer now (${status}${said})`, { next: 'Check again in a few minutes.' });
  }
  const what = json ? `answered ${status}${said}` : `answered ${status} with something that is not Mastodon's`;
  return new UserError(`${baseUrl} ${what}`, {
    next: 'Set baseUrl to the server the account is on, as in the address of its profile.',
  });
}
