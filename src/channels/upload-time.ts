import type { ChannelTools } from '#src/channels/channel.ts';

/** For all photos of a post together, within what delivery leaves for preparing; milliseconds. */
const uploadFor = 45_000;

type Timed = Pick<ChannelTools, 'clock'>;

/** When a post's uploads must have come to an end, by the monotonic clock. */
export const uploadsUntil = ({ clock }: Timed): number => clock.monotonic() + uploadFor;

/** For one request, however late it is; milliseconds. */
export const timeLeft = (until: number, { clock }: Timed): number => Math.max(until - clock.monotonic(), 1000);
