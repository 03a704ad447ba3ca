/** Whether what one poll found can be read and posted as it comes, or is a person's to decide. */
import { addressKey } from '#src/core/address-key.ts';
import { titleMark } from '#src/core/identity.ts';
import type { ArticleRef } from '#src/core/signal.ts';

/** What the ledger knows of a poll's references. */
export interface KnownRefs {
  /** External ids that this source has given before. */
  ids: ReadonlySet<string>;
  /** Articles of this source that are not withdrawn, by the key of an address that names one story. */
  byAddress: ReadonlyMap<string, string>;
  /** The same by `titleMark`, where no second article of the source has that headline. */
  byTitle: ReadonlyMap<string, string>;
}

export interface PollVerdict {
  /** By external id. */
  holds: Map<string, 'shift' | 'burst'>;
  /** New ids of known stories. */
  renamed: number;
  /** Really new ones. */
  fresh: number;
}

/** Fewer stories than this under new ids are a newsroom's doing, and are joined one by one. */
const fewestRenamed = 5;

/**
 * An identity shift: most of what came, and five at least, are known stories under new ids; all new ids wait unread, also
 * those of the next polls (`shiftIsOpen`). A burst: more really new ones at once than the limit; they are read, and
 * their posts wait.
 */
export function judgePoll(
  refs: readonly ArticleRef[],
  known: KnownRefs,
  { burst, shiftIsOpen }: { burst: number; shiftIsOpen: boolean },
): PollVerdict {
  const changed = refs.filter(({ sign }) => sign === 'changed');
  const unknown = changed.filter(({ externalId }) => !known.ids.has(externalId));
  const fresh = unknown.filter((ref) => articleOf(ref, known) === null);
  const renamed = unknown.length - fresh.length;
  const isShift = shiftIsOpen || (renamed >= fewestRenamed && renamed * 2 > changed.length);
  const held = isShift ? unknown : fresh.length > burst ? fresh : [];
  const kind = isShift ? 'shift' : 'burst';
  return { holds: new Map(held.map(({ externalId }) => [externalId, kind])), renamed, fresh: fresh.length };
}

/** The known article that a reference means, by its address or its headline; null for a really new one. */
export function articleOf(ref: ArticleRef, known: Pick<KnownRefs, 'byAddress' | 'byTitle'>): string | null {
  const { address, title } = refClues(ref);
  return (address && known.byAddress.get(address)) ?? (title && known.byTitle.get(title)) ?? null;
}

/** By what a reference that is not read yet can be known. */
export function refClues({ url, title }: Pick<ArticleRef, 'url' | 'title'>): {
  address: string | null;
  title: string | null;
} {
  const key = url === null ? null : addressKey(url);
  const mark = title === null ? null : titleMark(title);
  return { address: key?.specific ? key.key : null, title: mark === titleMark('') ? null : mark };
}
