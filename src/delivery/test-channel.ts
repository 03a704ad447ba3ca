/** Trying a channel before it is needed: its credentials, then a post that is taken back. */
import type { ChannelTools, Sending } from '#src/channels/channel.ts';
import { messageOf, UserError } from '#src/core/errors.ts';
import { mask, secretsIn } from '#src/core/mask.ts';
import type { SendResult } from '#src/core/outcome.ts';
import type { LengthUnit } from '#src/core/post.ts';
import { oneLine } from '#src/core/post-text.ts';
import { NotPrepared, resultOfFailure } from '#src/core/send-result.ts';
import { testPost } from '#src/core/test-post.ts';
import { toldAddress } from '#src/core/told-address.ts';
import { withDeadline } from '#src/delivery/deadline.ts';
import type { ConfiguredChannel, DeliveryDeps } from '#src/delivery/deps.ts';
import { prepareTimeout, requestTimeout } from '#src/delivery/times.ts';
import { channelTools } from '#src/delivery/tools.ts';

export interface ChannelTest {
  channel: string;
  kind: string;
  account: string;
  /** ISO 8601; null: not known, or never. */
  expiresAt: string | null;
  limits: { length: number | null; unit: LengthUnit; photos: number };
  post: {
    state: 'taken back' | 'stands' | 'in doubt' | 'not sent' | 'not tried' | 'other';
    url: string | null;
    /** In plain words; null where nothing needs saying. */
    detail: string | null;
  };
}

/** Keeps what the service says of account, limits and end. Throws `UserError` with what is wrong with the credentials. */
export async function testChannel(
  configured: ConfiguredChannel,
  { withPost }: { withPost: boolean },
  deps: DeliveryDeps,
): Promise<ChannelTest> {
  const { channel, settings } = configured;
  const { account, expiresAt = null, facts } = await checkChannel(configured, deps);
  const { length, unit, photos } = channel.limits(settings.settings, facts);
  const post = withPost ? await tryPost(configured, deps) : notTried('only the credentials were checked');
  return { channel: settings.id, kind: channel.kind, account, expiresAt, limits: { length, unit, photos }, post };
}

/** Asks the service for the account, and keeps the answer. Throws as the channel's `check`, secrets masked. */
export async function checkChannel(configured: ConfiguredChannel, deps: DeliveryDeps) {
  const { channel, settings } = configured;
  try {
    const found = await withDeadline(prepareTimeout, deps, (signal) =>
      channel.check(settings.settings, channelTools(configured, signal, deps)),
    );
    const { facts, expiresAt } = found;
    const account = nameOf(found.account, settings.settings);
    await deps.ledger.channels.state(settings.id, deps.clock.now());
    const until = expiresAt === undefined ? null : Date.parse(expiresAt);
    await deps.ledger.channels.update(settings.id, { account, facts, expiresAt: until });
    return { ...found, account };
  } catch (error) {
    const told = oneLine(mask(messageOf(error), secretsIn(settings.settings)));
    const next = error instanceof UserError ? error.next : undefined;
    throw new UserError(`Channel ${settings.id}: ${told}`, { cause: error, ...(next && { next }) });
  }
}

/** As the service has it, to be shown: it may hold anything. */
function nameOf(account: string, settings: unknown): string {
  const name = oneLine(mask(account.slice(0, 64 * 1024), secretsIn(settings)));
  return name.length > longestName ? `${name.slice(0, longestName - 1).toWellFormed()}…` : name;
}

const longestName = 200;

async function tryPost(configured: ConfiguredChannel, deps: DeliveryDeps): Promise<ChannelTest['post']> {
  const { channel, settings } = configured;
  const stopped = await deps.stopped?.();
  if (stopped) return notTried(stopped);
  const within = (ms: number, run: (tools: ChannelTools) => Promise<SendResult>): Promise<SendResult> =>
    withDeadline(ms, deps, (signal) => run(channelTools(configured, signal, deps))).catch(resultOfFailure);
  if (channel.test) {
    const detail = await withDeadline(prepareTimeout, deps, (signal) =>
      channel.test!(settings.settings, channelTools(configured, signal, deps)),
    );
    return { state: 'other', url: null, detail };
  }

  const sending = await prepared(configured, deps);
  if ('kind' in sending) return failed(sending, settings.settings);
  const result = await within(requestTimeout, (tools) => channel.publish(sending, settings.settings, tools));
  if (result.kind !== 'sent') return failed(result, settings.settings);
  const remote = { id: result.id, url: toldAddress(result.url, secretsIn(settings.settings)) };
  if (!channel.withdraw) {
    const detail = channel.irrevocable ?? `posts on ${channel.kind} cannot be taken back by Loa: delete it by hand`;
    return { state: 'stands', url: remote.url, detail };
  }
  const taken = await within(requestTimeout, (tools) =>
    channel.withdraw!({ ...sending, key: newKey(deps), remote }, settings.settings, tools),
  );
  if (taken.kind === 'sent') return { state: 'taken back', url: remote.url, detail: null };
  return { state: 'stands', url: remote.url, detail: oneLine(mask(taken.reason, secretsIn(settings.settings))) };
}

async function prepared(configured: ConfiguredChannel, deps: DeliveryDeps): Promise<Sending | Unsent> {
  const { channel, settings } = configured;
  const post = testPost(deps.settings.site, settings.id);
  const at = new Date(deps.clock.now()).toISOString();
  const part = channel.parts?.(settings.settings)[0] ?? '';
  const sending: Sending = { key: newKey(deps), post, prepared: null, remote: null, part, at };
  if (!channel.prepare) return sending;
  try {
    const prepared = await withDeadline(prepareTimeout, deps, (signal) =>
      channel.prepare!(sending, settings.settings, channelTools(configured, signal, deps)),
    );
    return { ...sending, prepared };
  } catch (error) {
    return error instanceof NotPrepared ? error.result : { kind: 'notSent', reason: messageOf(error) };
  }
}

type Unsent = Exclude<SendResult, { kind: 'sent' }>;

function failed(result: Unsent, settings: unknown): ChannelTest['post'] {
  const detail = oneLine(mask(result.reason, secretsIn(settings)));
  if (result.kind !== 'ambiguous') return { state: 'not sent', url: null, detail };
  return { state: 'in doubt', url: null, detail: `${detail}: look at the account, the post may stand there` };
}

const notTried = (detail: string): ChannelTest['post'] => ({ state: 'not tried', url: null, detail });

/** As the keys of deliveries: 40 hexadecimal digits. */
const newKey = ({ random }: DeliveryDeps): string => Buffer.from(random(20)).toString('hex');
