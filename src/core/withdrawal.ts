/** A 404 may be an accident: an article is gone when its page was missing three times over the whole grace time. */
export function isWithdrawal(looked: { count: number; since: number }, goneGrace: number, now: number): boolean {
  return looked.count >= 3 && now - looked.since >= goneGrace;
}
