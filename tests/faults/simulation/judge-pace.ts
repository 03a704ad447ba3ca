/** Whether what an account may send was kept to, over all channels that share it, and whether breaking news waited. */
import { embargoedUntil } from '#src/core/age.ts';
import type { StoredArticle } from '#src/core/article.ts';
import { isBreaking } from '#src/core/breaking.ts';
import type { Delivery } from '#src/core/delivery.ts';
import type { ChannelSettings } from '#src/core/settings.ts';
import { nameOf } from '#tests/faults/simulation/name-of.ts';
import type { Evidence, Judgement } from '#tests/faults/simulation/oracle.ts';
import type { Service } from '#tests/faults/simulation/services.ts';
import { start } from '#tests/faults/simulation/world.ts';

const minute = 60_000;
/** From taking its share to the request, at most. */
const longestPassage = 5_000;
/** All faults are over by then, and quiet hours are not. */
const quietLasts = 40 * minute;

/** By a clock that jumped nothing can be said. */
export function judgePace({ services, world }: Evidence, verdict: Judgement): void {
  if (world.hasJumped) return;
  const shared = [...services.values()].filter(({ traits }) => traits.perMinute !== null);
  const units = shared[0]?.traits.perMinute ?? 0;
  const sent = shared
    .flatMap(({ wires }) => wires)
    .filter(({ op }) => op !== 'withdraw')
    .map(({ calledAt }) => calledAt)
    .sort((a, b) => a - b);
  for (const [from, first] of sent.entries()) {
    for (let to = from + units; to < sent.length; to++) {
      const allowed = units + ((sent[to]! - first + longestPassage) * units) / minute;
      if (to - from + 1 > allowed) {
        const seconds = (sent[to]! - first) / 1000;
        verdict.wrong.push(`${to - from + 1} requests of one account within ${seconds} s, ${units} a minute allowed`);
        return;
      }
    }
  }
}

/** What cannot wait goes out in quiet hours too. */
export function judgeBreaking(
  create: Delivery,
  { service, settings, article }: { service: Service; settings: ChannelSettings; article: StoredArticle },
  verdict: Judgement,
): void {
  if (settings.pace.quiet === null || !isBreaking(settings, article) || create.state !== 'sent') return;
  if (embargoedUntil(article.publishedAt, Date.parse(article.firstSeenAt)) !== null) return;
  const first = service.wires.find(({ key }) => key === create.key);
  if (first && first.calledAt - start > quietLasts) verdict.wrong.push(`${nameOf(create)} is breaking, and waited`);
}
