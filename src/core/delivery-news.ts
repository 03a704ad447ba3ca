import { actOf, type Delivery, type DeliveryAct, isPaused } from '#src/core/delivery.ts';
import { formatTime } from '#src/core/time.ts';

const did: Readonly<Record<DeliveryAct, string>> = {
  create: 'posted to',
  edit: 'corrected on',
  withdraw: 'taken back from',
  correction: 'correction told on',
  notice: 'withdrawal told on',
};

/** What became of a try, as one part of a line for people: `posted to board`. */
export function deliveryNews(delivery: Delivery, zone: string): string {
  const { channelId, state, reason, dueAt } = delivery;
  const when = dueAt === null ? 'later' : `at ${formatTime(dueAt, zone)}`;
  const why = reason ? `: ${reason}` : '';
  if (isPaused(delivery) || isForPerson(delivery)) return `${channelId} waits for a person${why}`;
  switch (state) {
    case 'sent':
      return `${did[actOf(delivery)]} ${channelId}`;
    case 'waiting':
      return `${channelId} waits, due ${when}${why}`;
    case 'retry':
      return `${channelId} not reached${why}; next try ${when}`;
    case 'sending':
      return `${channelId} is being sent`;
    default:
      return `${channelId} ${state}${why}`;
  }
}

/** A due time so far ahead is none: a person decides. */
export function isForPerson({ state, dueAt }: Pick<Delivery, 'state' | 'dueAt'>): boolean {
  return state === 'waiting' && dueAt !== null && dueAt >= Date.UTC(2200, 0);
}
