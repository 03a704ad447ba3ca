import { z } from 'zod';
import type { Channel, OwnPost } from '#src/channels/channel.ts';
import type { Guarantee } from '#src/core/delivery.ts';
import { postText } from '#src/core/length.ts';
import type { SendResult } from '#src/core/outcome.ts';
import type { Clock } from '#src/core/tools.ts';

export interface FakeChannel extends Channel<any, any> {
  /** Every request that came through, in order; never shortened. */
  record: { op: 'create' | 'edit' | 'withdraw' | 'reply'; key: string; text: string }[];
  /** What readers see: one entry for each post that stands. */
  visible: { id: string; text: string }[];
  uploads: number;
  /** The next visible requests end so, in order: taken or not, and what the caller learns (a thrown thing is thrown). */
  plan: { taken: boolean; result: SendResult | Error | 'hang' }[];
}

/** A service in memory that remembers keys only if its class is A. */
export function fakeChannel(guarantee: Guarantee, extra: Partial<Channel<any, any>> = {}): FakeChannel {
  const record: FakeChannel['record'] = [];
  const visible: FakeChannel['visible'] = [];
  const plan: FakeChannel['plan'] = [];
  let posts = 0;

  const show = (key: string, text: string): string => {
    const known = guarantee === 'A' && visible.find(({ id }) => id === `id-${key}`);
    if (known) return known.id;
    const id = guarantee === 'A' ? `id-${key}` : `id-${++posts}`;
    visible.push({ id, text });
    return id;
  };
  const request = async (act: () => string): Promise<SendResult> => {
    const next = plan.shift();
    const id = next && !next.taken ? '' : act();
    if (!next) return { kind: 'sent', id, url: `https://fake.example/${id}` };
    if (next.result === 'hang') return new Promise(() => {});
    if (next.result instanceof Error) throw next.result;
    return next.result;
  };

  const channel: FakeChannel = {
    record,
    visible,
    plan,
    uploads: 0,
    kind: 'fake',
    settings: z.any(),
    summary: 'A service in memory',
    guarantee: () => guarantee,
    limits: () => ({ length: 500, unit: 'graphemes', linkLength: null, photos: 4, altLength: null }),
    check: async () => ({ account: 'fake', facts: {} }),
    publish: ({ key, post }) =>
      request(() => {
        const text = postText(post.segments);
        record.push({ op: 'create', key, text });
        return show(key, text);
      }),
    edit: ({ key, post, remote }) =>
      request(() => {
        const text = postText(post.segments);
        record.push({ op: 'edit', key, text });
        const standing = visible.find(({ id }) => id === remote?.id);
        if (standing) standing.text = text;
        return remote?.id ?? '';
      }),
    withdraw: ({ key, remote }) =>
      request(() => {
        record.push({ op: 'withdraw', key, text: '' });
        const at = visible.findIndex(({ id }) => id === remote?.id);
        if (at >= 0) visible.splice(at, 1);
        return remote?.id ?? '';
      }),
    ...extra,
  };
  return channel;
}

/** The same with an upload before each post. */
export function fakeChannelWithUploads(guarantee: Guarantee): FakeChannel {
  const channel = fakeChannel(guarantee);
  channel.prepare = async () => {
    channel.uploads += 1;
    return { media: `upload-${channel.uploads}` };
  };
  return channel;
}

export interface FindableChannel extends FakeChannel {
  /** What its list of own posts holds, in any order; a test may add what others wrote. */
  own: OwnPost[];
  /** When it was asked for the list, milliseconds. */
  looks: number[];
  /** What the list says instead; undefined: the list. */
  trouble: Error | undefined;
}

/** The same with a list of its own posts, and answers below them. */
export function findableChannel(
  guarantee: Guarantee,
  clock: Pick<Clock, 'now'>,
  { complete = true, ...extra }: Partial<Channel<any, any>> & { complete?: boolean } = {},
): FindableChannel {
  const channel = fakeChannel(guarantee, extra);
  const own: OwnPost[] = [];
  const note = (call: NonNullable<Channel['publish']>): NonNullable<Channel['publish']> => {
    return async (sending, ...rest) => {
      const before = channel.visible.length;
      try {
        return await call(sending, ...rest);
      } finally {
        for (const { id, text } of channel.visible.slice(before)) {
          const links = sending.post.segments.flatMap((one) => (one.kind === 'link' ? one.url : []));
          own.push({ id, url: `https://fake.example/${id}`, at: clock.now(), text, links });
        }
      }
    };
  };
  const publish = channel.publish;
  const findable: FindableChannel = Object.assign(channel, {
    own,
    looks: [] as number[],
    trouble: undefined,
    publish: note(publish),
    reply: note(async (sending, ...rest) => {
      const made = channel.record.length;
      const result = await publish(sending, ...rest);
      for (const entry of channel.record.slice(made)) entry.op = 'reply';
      return result;
    }),
    find: async (since: number) => {
      findable.looks.push(clock.now());
      if (findable.trouble) throw findable.trouble;
      return { posts: own.filter(({ at }) => at >= since).reverse(), complete };
    },
  });
  return findable;
}
