import { withDeadline } from '#src/delivery/deadline.ts';
import type { ConfiguredChannel, DeliveryDeps } from '#src/delivery/deps.ts';
import { prepareTimeout } from '#src/delivery/times.ts';
import { channelTools } from '#src/delivery/tools.ts';

/** A newer token than the stored one, before that one ends; throws what the channel's `refresh` throws. */
export async function renewToken(configured: ConfiguredChannel, deps: DeliveryDeps): Promise<void> {
  await withDeadline(prepareTimeout, deps, async (signal) => {
    const tools = channelTools(configured, signal, deps);
    await tools.token(await tools.token());
  });
}
