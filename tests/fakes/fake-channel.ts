import { z } from 'zod';
import type { Channel } from '#src/channels/channel.ts';
import type { Guarantee } from '#src/core/delivery.ts';
import { postText } from '#src/core/length.ts';
import type { SendResult } from '#src/core/outcome.ts';

export interface FakeChannel extends Channel<any, any> {
  /** Every request that came through, in order; never shortened. */
  record: { op: 'create' | 'edit' | 'withdraw'; key: string; text: string }[];
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
