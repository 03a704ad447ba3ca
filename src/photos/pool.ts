/** Photos are decoded outside this process: a picture that brings the decoder down costs itself and nothing else. */
import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock, Log } from '#src/core/tools.ts';
import { TemporaryPhotoFailure } from '#src/photos/failure.ts';
import { type PhotoChild, startChild } from '#src/photos/photo-child.ts';
import type {
  ChildAnswer,
  ChildRequest,
  FitRequest,
  FitResult,
  Lost,
  RenderRequest,
  RenderResult,
} from '#src/photos/request.ts';

export interface PhotoPool {
  /** Waits for a free child. Rejects when the machine fails (disk full) or the pool closes, never for the photo's sake. */
  render(request: RenderRequest, manner?: Manner): Promise<RenderResult>;
  /** The same for a file that is to fit a service's limits. */
  fit(request: FitRequest): Promise<FitResult | Lost>;
  /** Ends the children, in the middle of a picture too. */
  close(): Promise<void>;
}

export interface Manner {
  /** Only when no other photo waits, and on one child at most: another stays free for photos that somebody waits for. */
  background?: boolean;
  /** Milliseconds this one may take; default: the pool's. */
  limit?: number;
}

export interface PhotoPoolOptions {
  /** Children at once. Default 2. */
  size?: number;
  /** Milliseconds one photo may take. Default 30 s. */
  limit?: number;
  /** Milliseconds after which an unused child is let go. Default 20 s. */
  idle?: number;
  log: Log;
  clock: Clock;
}

/** Children start with the first photos and end when there are none. */
export function createPhotoPool(options: PhotoPoolOptions): PhotoPool {
  const { size = 2, limit = 30_000, idle = 20_000, log, clock } = options;
  const places: Place[] = Array.from({ length: size }, () => ({ child: null, rest: null, rank: null }));
  const waiting: Waiting[] = [];
  let closed = false;

  async function work<R>(request: ChildRequest, manner: Manner = {}): Promise<R | Lost> {
    const rank = manner.background ? 'background' : 'urgent';
    const place = await new Promise<Place>((resolve) => {
      waiting.push({ rank, begin: resolve });
      admit();
    });
    try {
      return (await workAt(place, request, manner.limit ?? limit)) as R | Lost;
    } finally {
      place.rank = null;
      admit();
      if (place.rank === null && place.child && !closed) rest(place);
    }
  }

  /** A place whose child still runs comes first: starting one takes longer than many a picture. */
  function admit(): void {
    const free = places.filter((place) => place.rank === null);
    const place = free.find((place) => place.child) ?? free[0];
    const next = place && nextOf(waiting, closed || !places.some((place) => place.rank === 'background'));
    if (!next) return;
    waiting.splice(waiting.indexOf(next), 1);
    place.rank = next.rank;
    next.begin(place);
    admit();
  }

  function rest(place: Place): void {
    place.rest = new AbortController();
    clock.sleep(idle, place.rest.signal).then(
      () => {
        place.child?.dismiss();
        place.child = null;
      },
      () => {},
    );
  }

  async function workAt(place: Place, request: ChildRequest, limit: number) {
    if (closed) throw stopping();
    place.rest?.abort();
    const child = place.child ?? begin(place);
    const done = new AbortController();
    let late = false;
    clock.sleep(limit, done.signal).then(
      () => {
        late = true;
        child.kill();
      },
      () => {},
    );
    const answer = await child.ask(request).finally(() => done.abort());
    if (answer) return resultOf(answer);
    await removeTemporaries('target' in request ? dirname(request.target) : request.folder, child.pid);
    if (late)
      return lostTo('timeout', `The picture took longer than ${limit / 1000} seconds to work on and was given up`);
    if (closed) throw stopping();
    return lostTo('ended', `The photo process ended over this picture (${await child.ended})`);
  }

  function begin(place: Place): PhotoChild {
    const child = startChild();
    place.child = child;
    log.debug('Photo process started', { pid: child.pid });
    child.ended.then((how) => {
      log.debug('Photo process ended', { pid: child.pid, how });
      if (place.child === child) place.child = null;
    });
    return child;
  }

  async function close(): Promise<void> {
    closed = true;
    const children = places.flatMap(({ child }) => child ?? []);
    for (const place of places) place.rest?.abort();
    for (const child of children) child.kill();
    await Promise.all(children.map((child) => child.ended));
  }

  return { render: (request, manner) => work(request, manner), fit: (request) => work(request), close };
}

interface Place {
  child: PhotoChild | null;
  /** Ends the wait after which an unused child is let go. */
  rest: AbortController | null;
  /** Null when it is free. */
  rank: Waiting['rank'] | null;
}

interface Waiting {
  rank: 'urgent' | 'background';
  begin(place: Place): void;
}

function nextOf(waiting: readonly Waiting[], backgroundToo: boolean): Waiting | undefined {
  return waiting.find(({ rank }) => rank === 'urgent') ?? (backgroundToo ? waiting[0] : undefined);
}

function stopping(): TemporaryPhotoFailure {
  return new TemporaryPhotoFailure('Loa is stopping; the photo is rendered after the next start');
}

/** What the child was writing; never seen under a name that readers know. */
async function removeTemporaries(folder: string, pid: number): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const left = names.filter((name) => name.endsWith(`.${pid}.tmp`));
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true })));
}

function lostTo(cause: Lost['cause'], reason: string): Lost {
  return { kind: 'lost', cause, reason };
}

function resultOf(answer: ChildAnswer) {
  if (answer.kind !== 'broken') return answer;
  throw Object.assign(new Error(`A photo could not be written: ${answer.message}`), { code: answer.code });
}
