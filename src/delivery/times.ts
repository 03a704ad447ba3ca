/** The protocol's time limits, in milliseconds. */
import type { Channel } from '#src/channels/channel.ts';

const seconds = 1000;

/** One total deadline over the one visible request. */
export const requestTimeout = 20 * seconds;

/** For uploads, which nobody sees. */
export const prepareTimeout = 60 * seconds;

/** What must be left of the lease at the gate beyond the request's own time. */
export const gateSlack = 5 * seconds;

/** A worker whose lease ended this long ago cannot be in the middle of a request any more. */
export const graceAfterLease = requestTimeout + 10 * seconds;

/** The wall clock moved this far against the monotonic one: nothing is sent until it is looked at again. */
export const clockJump = 60 * seconds;

/** How long a claim holds: short where there is nothing to upload, so that a crash is made good soon. */
export function leaseFor(channel: Channel): number {
  return gateSlack + requestTimeout + (channel.prepare ? prepareTimeout : 20 * seconds);
}
