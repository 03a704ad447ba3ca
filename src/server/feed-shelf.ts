/** Current feeds in memory, for a web process that may not be the one that builds them. */
import { type FeedEncoding, type FeedFile, feedBlobName, feedEncodings, parseFeedFile } from '#src/core/feed-file.ts';
import type { Clock } from '#src/core/tools.ts';
import type { FileStore } from '#src/stores/files.ts';

export interface FeedShelf {
  /** What is known without a look at the disk; undefined when the last look is too long ago. */
  known(name: string): FeedFile | null | undefined;
  /** A look at the disk, one for all who ask meanwhile; null for a feed that never was built. */
  look(name: string): Promise<FeedFile | null>;
  /** The bytes, when they are in memory. */
  held(file: FeedFile, encoding: FeedEncoding): Buffer | undefined;
  /** From memory or disk; null when they are gone since the look. */
  bytes(file: FeedFile, encoding: FeedEncoding): Promise<Buffer | null>;
}

/** Milliseconds after which the disk is looked at again; meanwhile nobody waits. */
const freshFor = 20;
/** Milliseconds after which what is in memory is no answer any more … */
const knownFor = 50;
/** … unless a look began in time and the machine is too busy to end it. */
const knownForAtMost = 500;
/** Bytes of feeds in memory at once. */
const room = 32 * 2 ** 20;

export function createFeedShelf(files: FileStore, clock: Clock): FeedShelf {
  const pointers = new Map<string, { file: FeedFile | null; text: string; lookedAt: number }>();
  const bodies = new Map<string, Buffer>();
  const [sharedLook, sharedRead] = [oneAtATime<FeedFile | null>(), oneAtATime<Buffer | null>()];
  const refreshing = new Set<string>();
  let bytesHeld = 0;

  const forget = (name: string): void => {
    bytesHeld -= bodies.get(name)?.length ?? 0;
    bodies.delete(name);
  };
  const keep = (name: string, body: Buffer): void => {
    forget(name);
    for (const oldest of bodies.keys()) {
      if (bytesHeld + body.length <= room) break;
      forget(oldest);
    }
    if (body.length > room) return;
    bodies.set(name, body);
    bytesHeld += body.length;
  };

  const look = (name: string): Promise<FeedFile | null> => sharedLook(name, () => readPointer(name));
  const readPointer = async (name: string): Promise<FeedFile | null> => {
    // The time before the look: what is written during it is seen by the next one.
    const lookedAt = clock.monotonic();
    const text = (await files.read(name))?.toString() ?? '';
    const before = pointers.get(name);
    const file: FeedFile | null = before?.text === text ? before.file : parseFeedFile(text);
    if (before?.file && before.file.blob !== file?.blob) {
      for (const encoding of feedEncodings) forget(feedBlobName(before.file.blob, encoding));
    }
    pointers.set(name, { file, text, lookedAt });
    return file;
  };

  const refresh = (name: string): void => {
    refreshing.add(name);
    // Whoever comes next, and waits for a look, is told what went wrong.
    look(name)
      .catch(() => {})
      .finally(() => refreshing.delete(name));
  };

  return {
    known(name) {
      const pointer = pointers.get(name);
      if (!pointer) return undefined;
      const age = clock.monotonic() - pointer.lookedAt;
      if (age < freshFor) return pointer.file;
      if (age >= (refreshing.has(name) ? knownForAtMost : knownFor)) return undefined;
      if (!refreshing.has(name)) refresh(name);
      return pointer.file;
    },
    look,
    held: (file, encoding) => bodies.get(feedBlobName(file.blob, encoding)),
    bytes(file, encoding) {
      const name = feedBlobName(file.blob, encoding);
      return sharedRead(name, async () => {
        const body = bodies.get(name) ?? (await files.read(name));
        if (body) keep(name, body);
        return body;
      });
    },
  };
}

/** Whoever asks for what is being worked on gets the same answer. */
function oneAtATime<T>(): (name: string, work: () => Promise<T>) => Promise<T> {
  const underWay = new Map<string, Promise<T>>();
  return (name, work) => {
    const started = underWay.get(name);
    if (started) return started;
    const promise = work().finally(() => underWay.delete(name));
    underWay.set(name, promise);
    return promise;
  };
}
