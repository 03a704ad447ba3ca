import type { Sending } from '#src/channels/channel.ts';
import type { Delivery } from '#src/core/delivery.ts';
import type { SendResult } from '#src/core/outcome.ts';
import { resultOfFailure } from '#src/core/send-result.ts';
import { adoptedByHand } from '#src/delivery/by-hand.ts';
import { withDeadline } from '#src/delivery/deadline.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';
import type { Refusal } from '#src/delivery/guards.ts';
import { farewell, requestTimeout } from '#src/delivery/times.ts';
import { channelTools } from '#src/delivery/tools.ts';
import type { Work } from '#src/delivery/work.ts';

/** The one request that readers can see, under one deadline; whatever happens is a result. */
export async function sendOnce(work: Work, sending: Sending, deps: DeliveryDeps): Promise<SendResult> {
  try {
    const limits = { ...deps, stopAfter: farewell };
    return await withDeadline(requestTimeout, limits, (signal) => call(work, sending, signal, deps));
  } catch (error) {
    return resultOfFailure(error);
  }
}

/** Null when the channel can do to the create's post what the row asks for, as far as its kind and the post's id go. */
export function cannotAct({ delivery, channel }: Work, create: Delivery | null): Refusal | null {
  if (create?.reason === adoptedByHand && create.remote?.id === create.remote?.url) {
    const reason = `Loa knows only the address of this post: change or delete it by hand at ${create.remote?.url}, then cancel this row`;
    return { kind: 'end', state: 'parked', reason };
  }
  if (!delivery.asReply) return null;
  if (!channel.reply) {
    const reason = `posts on ${channel.kind} cannot be answered: nothing is told below it`;
    return { kind: 'end', state: 'skipped', reason };
  }
  if (create?.remote) return null;
  return { kind: 'end', state: 'skipped', reason: 'nobody knows which post to answer' };
}

function call(work: Work, sending: Sending, signal: AbortSignal, deps: DeliveryDeps) {
  const { delivery, channel, settings } = work;
  const tools = channelTools(work, signal, deps);
  if (delivery.asReply) return channel.reply!(sending, settings.settings, tools);
  switch (delivery.op) {
    case 'create':
      return channel.publish(sending, settings.settings, tools);
    case 'edit':
      return channel.edit!(sending, settings.settings, tools);
    case 'withdraw':
      return channel.withdraw!(sending, settings.settings, tools);
  }
}
