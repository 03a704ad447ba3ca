/** The protocol's time limits, in milliseconds. */

const seconds = 1000;

/** One total deadline over the one visible request, and over one look for our own posts. */
export const requestTimeout = 20 * seconds;

/** A request under way when Loa is stopped may end: of one that is cut off nobody knows whether it arrived. */
export const farewell = 5 * seconds;

/** The newsroom's own posts are looked at so long before a post goes all the same. */
export const deskTimeout = 8 * seconds;

/** For uploads, which nobody sees. */
export const prepareTimeout = 60 * seconds;

/** How long a claim holds: short, so that a crash is made good soon; renewed while a post is made ready. */
export const leaseTime = 30 * seconds;

export const renewEvery = 8 * seconds;

/** What must be left of the lease at the gate beyond the request's own time. */
export const gateSlack = 5 * seconds;

/** A worker whose lease ended this long ago cannot be in the middle of a request any more. */
export const graceAfterLease = requestTimeout + 10 * seconds;

/** The wall clock moved this far against the monotonic one: nothing is sent until it is looked at again. */
export const clockJump = 60 * seconds;

/** From an unknown answer to the first look for the post, and between looks: services show a new post late. */
export const lookEvery = 60 * seconds;

export const mostLooks = 3;

/** A post that could not be looked for this long after its outcome became unknown is left to a person. */
export const looksEnd = 7 * 60 * seconds;

/** What a look has shown holds this long. */
export const lookHolds = 120 * seconds;

/** How far a service's clock may be from ours: a machine's is off by an hour easily, and a post in doubt is not missed for that. */
export const clockDifference = 2 * 3600 * seconds;
