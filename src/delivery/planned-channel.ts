import type { PlannedChannel } from '#src/core/delivery-plan.ts';
import type { ConfiguredChannel } from '#src/delivery/deps.ts';

/** What the plan needs of a channel; `since` is when this ledger first saw it. */
export function plannedChannel({ settings, channel }: ConfiguredChannel, since: number): PlannedChannel {
  return {
    settings,
    since,
    traits: {
      canEdit: channel.edit !== undefined,
      canReply: channel.reply !== undefined,
      editNotifies: channel.editNotifies ?? false,
      irrevocable: channel.irrevocable ?? null,
      parts: channel.parts?.(settings.settings) ?? [''],
    },
  };
}
