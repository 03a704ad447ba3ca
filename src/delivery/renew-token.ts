import { messageOf } from '#src/core/errors.ts';
import { mask, secretsIn } from '#src/core/mask.ts';
import { oneLine } from '#src/core/post-text.ts';
import { withDeadline } from '#src/delivery/deadline.ts';
import type { ConfiguredChannel, DeliveryDeps } from '#src/delivery/deps.ts';
import { prepareTimeout } from '#src/delivery/times.ts';
import { channelTools } from '#src/delivery/tools.ts';

/** A newer token than the stored one, before that one ends; throws, without secrets, what the channel's `refresh` says. */
export async function renewToken(configured: ConfiguredChannel, deps: DeliveryDeps): Promise<void> {
  try {
    await withDeadline(prepareTimeout, deps, async (signal) => {
      const tools = channelTools(configured, signal, deps);
      await tools.token(await tools.token());
    });
  } catch (error) {
    throw new Error(oneLine(mask(messageOf(error), secretsIn(configured.settings.settings))));
  }
}
