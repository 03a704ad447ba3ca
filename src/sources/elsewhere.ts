import { addressKey } from '#src/core/address-key.ts';
import type { Cursor } from '#src/core/signal.ts';
import type { PollResult } from '#src/sources/source.ts';

/** For the result of a poll: whether its cursor (`url`) was that of another page than the settings name by now. */
export function elsewhere(cursor: Cursor, url: string): Pick<PollResult, 'anew'> {
  const before = cursor?.['url'];
  if (typeof before !== 'string' || before === url) return {};
  return addressKey(before)?.key === addressKey(url)?.key ? {} : { anew: true };
}
