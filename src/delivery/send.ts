import type { Sending } from '#src/channels/channel.ts';
import type { SendResult } from '#src/core/outcome.ts';
import { resultOfFailure } from '#src/core/send-result.ts';
import { withDeadline } from '#src/delivery/deadline.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';
import { requestTimeout } from '#src/delivery/times.ts';
import { channelTools } from '#src/delivery/tools.ts';
import type { Work } from '#src/delivery/work.ts';

/** The one request that readers can see, under one deadline; whatever happens is a result. */
export async function sendOnce(work: Work, sending: Sending, deps: DeliveryDeps): Promise<SendResult> {
  try {
    return await withDeadline(requestTimeout, deps, (signal) => call(work, sending, signal, deps));
  } catch (error) {
    return resultOfFailure(error);
  }
}

function call(work: Work, sending: Sending, signal: AbortSignal, deps: DeliveryDeps) {
  const { delivery, channel, settings } = work;
  const tools = channelTools(work, signal, deps);
  switch (delivery.op) {
    case 'create':
      return channel.publish(sending, settings.settings, tools);
    case 'edit':
      return channel.edit!(sending, settings.settings, tools);
    case 'withdraw':
      return channel.withdraw!(sending, settings.settings, tools);
  }
}
