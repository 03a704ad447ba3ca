/** Whose app password it is. */
import { resultOf } from '#src/channels/bluesky/call.ts';
import { ask, isHandle } from '#src/channels/bluesky/session.ts';
import type { BlueskySettings } from '#src/channels/bluesky/settings.ts';
import type { ChannelTools, CheckResult } from '#src/channels/channel.ts';
import { UserError } from '#src/core/errors.ts';
import { NotPrepared } from '#src/core/send-result.ts';

/** Account as `@handle`; throws a `UserError` for what the operator must mend. */
export async function checkAccount(settings: BlueskySettings, tools: ChannelTools): Promise<CheckResult> {
  try {
    const { answer, session } = await ask(() => ({ nsid: 'com.atproto.server.getSession' }), settings, tools);
    const { status, json } = answer;
    if (json?.active === false) {
      const why = typeof json.status === 'string' ? json.status.slice(0, 40) : 'no reason given';
      throw new UserError(`Bluesky says that the account is not active (${why})`, {
        next: 'Log in with the app to see why.',
      });
    }
    // A provider without this call has let us log in all the same.
    const isKnown = (status === 200 && typeof json?.did === 'string') || status === 404 || status === 501;
    if (!isKnown) throw new NotPrepared(resultOf(answer, tools.clock.now()));
    const handle = isHandle(json?.handle) ? json.handle : session.handle;
    return { account: `@${handle}`, facts: { did: session.did, handle } };
  } catch (error) {
    if (!(error instanceof NotPrepared)) throw error;
    const { result } = error;
    throw new UserError(error.message, {
      ...(result.kind === 'notSent' && { next: 'Check again in a few minutes.' }),
      cause: error,
    });
  }
}
