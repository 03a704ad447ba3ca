/** Deliveries: the record of one post of one article on one channel. States and their ways are in `docs/architecture.md`. */
import type { Post } from '#src/core/post.ts';
import { postingStopped } from '#src/core/stop.ts';

export type DeliveryOp = 'create' | 'edit' | 'withdraw';

export const deliveryStates = [
  'waiting',
  'sending',
  'retry',
  'sent',
  'parked',
  'expired',
  'skipped',
  'cancelled',
  'dead',
] as const;

export type DeliveryState = (typeof deliveryStates)[number];

/** Of a post that was tried or composed and ended: a person may yet let it go, or find it. */
export const givenUp: DeliveryState[] = ['dead', 'expired', 'cancelled'];

/** A: a repeat with the same key is safe. B: two steps, state can be asked. C: own posts can be searched. D: blind. */
export type Guarantee = 'A' | 'B' | 'C' | 'D';

/** Begins the reason of what waits until a person resumes its channel. */
export const channelPaused = 'the channel is paused';

/** The reason of what goes out once a person has read it. */
export const waitsForApproval = 'waits for approval';

/** The reason of all that was on its way when a backup was made; who restores one is told of them together. */
export const restoredFromBackup = 'restored from a backup: a person decides';

/** The post at the remote, as the create left it. */
export interface Remote {
  id: string;
  url: string | null;
}

export interface Delivery {
  id: string;
  articleId: string;
  channelId: string;
  op: DeliveryOp;
  /** Of a channel where each reader gets a post of their own: who; else empty. One create for ever per article, channel and part. */
  part: string;
  /** An edit or withdrawal that is told in a reply below the post, which itself stands as it was. */
  asReply: boolean;
  /** The article's revision it carries; for a create the one it was born with until it is composed. */
  revision: number;
  /** Constant over retries; for a create it carries no revision. */
  key: string;
  state: DeliveryState;
  /** Why it stands as it does, in plain words; null while nothing needs saying. */
  reason: string | null;
  /** When it may next be claimed; null: not yet free to go (photos not done, waits for the create). Milliseconds. */
  dueAt: number | null;
  /** When it was first free to go: its age counts from here. */
  freeAt: number | null;
  createdAt: number;
  updatedAt: number;
  /** Tries so far that passed the gate or failed before it. */
  attempts: number;
  /** Grows with every claim; a record with an older one is refused. */
  fence: number;
  leaseUntil: number | null;
  post: Post | null;
  prepared: unknown;
  remote: Remote | null;
  /** Tries up to this fence were judged by a person: what may have come of them is asked no more. None when left out. */
  judged?: number;
  /** Who let the post go as it is frozen in the row, where the channel's posts need approval; null: nobody, or not needed. */
  approved: { by: string; at: number } | null;
  /** It goes before others of its channel. */
  urgent?: true;
}

/** What it does, as people are told: `correction` and `notice` (of a withdrawal) stand in a reply below the post. */
export type DeliveryAct = DeliveryOp | 'correction' | 'notice';

export function actOf({ op, asReply }: Pick<Delivery, 'op' | 'asReply'>): DeliveryAct {
  if (!asReply || op === 'create') return op;
  return op === 'edit' ? 'correction' : 'notice';
}

/** More than any article has: mail goes to each of up to 200 readers of a channel, and each correction of it too. */
export const mostOfArticle = 100_000;

/** A row to be written in the same transaction as a revision. */
export interface NewDelivery {
  channelId: string;
  op: DeliveryOp;
  /** Empty when left out. */
  part?: string;
  /** False when left out. */
  asReply?: boolean;
  key: string;
  state: Extract<DeliveryState, 'waiting' | 'skipped'>;
  reason: string | null;
  /** Earliest time it may go once the article is ready. */
  notBefore: number;
  /** It goes before others of its channel. False when left out. */
  urgent?: boolean;
}

/** One try: written when it begins, ended when its result is known. */
export interface Attempt {
  deliveryId: string;
  number: number;
  startedAt: number;
  endedAt: number | null;
  /**
   * `sending` (it passed the last gate, so that readers may see it), `sent`, `notSent`, `ambiguous`, `permanent`,
   * `crashed` while it was sending, `stopped` before it, `refused at the gate`; of a claim that only looked for our own
   * post and sent nothing: `looked`, `not looked`. Null: under way, nothing sent yet.
   */
  result: string | null;
  detail: string | null;
}

/** No time says when it goes: its channel, or all of them, wait for a person. */
export function isPaused({ state, reason }: Pick<Delivery, 'state' | 'reason'>): boolean {
  const isStopped = [channelPaused, postingStopped].some((words) => reason?.includes(words));
  return isStopped && (state === 'waiting' || state === 'retry');
}

/** Goes out once a person has let it. */
export function isAwaited({ state, reason, approved }: Pick<Delivery, 'state' | 'reason' | 'approved'>): boolean {
  return state === 'waiting' && reason === waitsForApproval && approved === null;
}

/** A correction of a post that itself waits for a person, who lets the newest words go with it: nothing to decide twice. */
export function isCarried(row: Delivery, rows: readonly Delivery[]): boolean {
  return row.op === 'edit' && rows.some((one) => isCreateOf(one, row) && isAwaited(one));
}

export function isCreateOf(one: Delivery, { articleId, channelId, part }: Delivery): boolean {
  return one.op === 'create' && one.articleId === articleId && one.channelId === channelId && one.part === part;
}

/** Of a create: a post stands there that Loa did not write, found or named by a person; it is not Loa's to change. */
export function isByHand({ state, post, remote }: Pick<Delivery, 'state' | 'post' | 'remote'>): boolean {
  return remote !== null && (state === 'skipped' || (state === 'sent' && post === null));
}

/** Why a row waits whose post may stand on a service that recognises a repeat. */
export function repeatedReason(why: string): string {
  return `${why}. It may stand there: it is sent again under the same key, which shows nothing twice`;
}

/** Why a row waits whose post may stand on a service where it can be looked for. */
export function soughtReason(why: string, kind: string): string {
  return `${why}. Whether the post stands on ${kind} is not known: it is looked for there`;
}

/** Nobody knows yet whether its post stands, and it is being found out. */
export function isSought({ state, reason }: Pick<Delivery, 'state' | 'reason'>): boolean {
  const words = ['is not known: it is looked for there', 'times and not found yet', 'it could not be looked for on'];
  return state === 'retry' && words.some((part) => reason?.includes(part));
}
