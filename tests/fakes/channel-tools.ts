import type { ChannelTools } from '#src/channels/channel.ts';
import { createSeal } from '#src/core/seal.ts';
import { silentLog } from '#tests/fakes/log.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';

/** What delivery hands a channel, without a network, photos or tokens unless they are given. */
export function fakeChannelTools(change: Partial<ChannelTools> = {}): ChannelTools {
  const seal = createSeal(new Uint8Array(32));
  const out = new Set<string>();
  const nothing = (what: string) => () => Promise.reject(new Error(`no ${what} here`));
  return {
    http: { request: nothing('network') },
    log: silentLog,
    clock: manualClock(),
    board: { put: nothing('board'), take: nothing('board') },
    photo: async () => null,
    channelId: 'ours',
    siteUrl: 'https://bao.example',
    siteLanguage: 'vi',
    publicUrl: 'https://loa.example',
    signal: new AbortController().signal,
    token: nothing('token'),
    connect: nothing('network'),
    optOuts: { has: async (part) => out.has(part), add: async (part) => void out.add(part) },
    sign: (text) => seal.sign(text),
    ...change,
  };
}
