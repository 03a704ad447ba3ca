/** Services in memory, each of a class, with a record of everything they ever showed. */
import type { Channel, OwnPost } from '#src/channels/channel.ts';
import type { Guarantee } from '#src/core/delivery.ts';
import type { Dice } from '#tests/faults/simulation/dice.ts';
import type { World } from '#tests/faults/simulation/world.ts';

const second = 1000;
const minute = 60 * second;

export type ServiceKind = 'keyed' | 'keyed, then listed' | 'listed' | 'listed in part' | 'blind';

export interface Traits {
  kind: ServiceKind;
  uploads: boolean;
  edits: boolean;
  withdraws: boolean;
  replies: boolean;
  /** Whoever shared a post hears of its edit. */
  editNotifies: boolean;
  /** A post that was taken back stands again when its key comes once more. */
  revives: boolean;
  parts: readonly string[];
  /** What the account of all that have one may send in a minute; null: no matter. */
  perMinute: number | null;
}

/** One request as it left a worker. */
export interface Wire {
  op: 'create' | 'edit' | 'withdraw' | 'reply';
  key: string;
  text: string;
  link: string;
  revision: number;
  /** The post it acts on. */
  remoteId: string | null;
  /** Which worker, and when the protocol handed it over and when its bytes left. */
  from: string;
  calledAt: number;
  /** Its worker had no right to send it: why, in words; null when all was well. */
  forbidden: string | null;
  leftAt: number;
  /** Its claim's lease and the time of a request were over when its bytes left: nobody could wait for it any longer. */
  frozenInTheGate: boolean;
  /** What its sender was told: `null` nothing, or nothing that is sure. */
  told: 'shown' | 'not shown' | null;
}

/** What readers could see from then on. */
export interface Entry {
  at: number;
  op: Wire['op'];
  id: string;
  wire: Wire;
}

export interface Post {
  id: string;
  key: string;
  text: string;
  links: string[];
  at: number;
  listedAt: number;
  taken: boolean;
}

export interface Service {
  channelId: string;
  traits: Traits;
  /** Append-only. */
  record: Entry[];
  /** Every request that left a worker, shown or not. */
  wires: Wire[];
  posts: Map<string, Post>;
  /** Takes a request: gives the post's id, or null where there is no such post. */
  take(wire: Wire): string | null;
  /** A post that a person of the newsroom wrote there; gives its id. */
  postByHand(link: string): string;
  /** Its own list, as it stands in it now. */
  list(since: number): { posts: OwnPost[]; complete: boolean };
  /** How long after its sender gave up a request may still be taken. */
  latest: number;
}

export function serviceClass({ kind }: Traits): Guarantee {
  if (kind.startsWith('keyed')) return 'A';
  return kind === 'blind' ? 'D' : 'C';
}

/** The service remembers a key a while longer than the channel relies on it. */
export const keysKept = 8 * minute;
const keysRemembered = 12 * minute;

/** Longest time until a post is in the list. */
const longestLag = 55 * second;

export function createService(channelId: string, traits: Traits, world: World): Service {
  const record: Entry[] = [];
  const posts = new Map<string, Post>();
  const keys = new Map<string, { id: string; at: number }>();
  let count = 0;

  const show = (wire: Wire, id: string) => record.push({ at: world.now, op: wire.op, id, wire });

  function take(wire: Wire): string | null {
    const known = keyOf(wire);
    if (known && (wire.op === 'create' || wire.op === 'reply')) {
      const post = posts.get(known);
      if (!post?.taken || !traits.revives) return known;
    }
    if (wire.op === 'create' || wire.op === 'reply') {
      const id = known ?? `${channelId}-${++count}`;
      keys.set(wire.key, { id, at: world.now });
      const listedAt = world.now + world.dice.below(longestLag);
      const links = [wire.link];
      posts.set(id, { id, key: wire.key, text: wire.text, links, at: world.now, listedAt, taken: false });
      show(wire, id);
      return id;
    }
    const post = posts.get(wire.remoteId ?? '');
    if (!post || post.taken) return null;
    if (wire.op === 'edit') post.text = wire.text;
    else post.taken = true;
    show(wire, post.id);
    return post.id;
  }

  function keyOf({ key }: Wire): string | null {
    const known = keys.get(key);
    if (!known || !traits.kind.startsWith('keyed')) return null;
    return traits.kind === 'keyed' || world.now - known.at < keysRemembered ? known.id : null;
  }

  return {
    channelId,
    traits,
    record,
    wires: [],
    posts,
    take,
    postByHand(link) {
      const id = `${channelId}-by-hand-${++count}`;
      const post = { id, key: '', text: 'Mời đọc', links: [link], at: world.now, listedAt: world.now, taken: false };
      posts.set(id, post);
      return id;
    },
    list(since) {
      const standing = [...posts.values()].filter(
        (post) => !post.taken && post.at >= since && post.listedAt <= world.now,
      );
      const complete = traits.kind !== 'listed in part';
      const shown = complete ? standing : standing.filter(() => world.dice.chance(0.6));
      return {
        complete,
        posts: shown
          .sort((a, b) => b.at - a.at)
          .map(({ id, at, text, links }) => ({ id, url: addressOf(id), at, text, links })),
      };
    },
    // The list is looked at three times, the last one 180 s after the doubt at the earliest.
    latest: traits.kind === 'blind' || traits.kind === 'listed in part' ? 30 * minute : 80 * second,
  };
}

export function addressOf(id: string): string {
  return `https://fake.example/${id}`;
}

export function drawTraits(kind: ServiceKind, perMinute: number | null, dice: Dice): Traits {
  return {
    kind,
    perMinute,
    uploads: dice.chance(0.35),
    edits: dice.chance(0.7),
    withdraws: dice.chance(0.8),
    replies: dice.chance(0.5),
    editNotifies: dice.chance(0.3),
    revives: kind === 'keyed' && dice.chance(0.3),
    parts: kind === 'blind' && dice.chance(0.25) ? ['an@bao.example', 'binh@bao.example'] : [''],
  };
}

/** The plain facts of its channel; what goes over the wire is in `wire.ts`. */
export function channelFacts({
  traits,
}: Service): Pick<
  Channel<any, any>,
  'kind' | 'guarantee' | 'limits' | 'check' | 'keepsKeys' | 'editNotifies' | 'rates'
> {
  const { perMinute } = traits;
  return {
    kind: 'fake',
    guarantee: () => serviceClass(traits),
    limits: () => ({ length: 500, unit: 'graphemes', linkLength: null, photos: 4, altLength: null }),
    check: async () => ({ account: 'fake', facts: {} }),
    ...(traits.kind === 'keyed, then listed' && { keepsKeys: keysKept }),
    ...(traits.editNotifies && { editNotifies: true }),
    ...(perMinute !== null && { rates: () => [{ account: 'bao-vi-du', units: perMinute, per: minute }] }),
  };
}
