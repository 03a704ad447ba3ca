/** The services that the scenarios post to: a new kind of channel is one line in `kinds`. */
import { secret } from '#tests/e2e/newsroom-bench.ts';
import { startMastodon } from '#tests/fakes/mastodon-server.ts';
import { startWebhookReceiver } from '#tests/fakes/webhook-receiver.ts';
import { type Gate, startGate } from '#tests/faults/processes/gate.ts';

export interface Service {
  /** The channel's. */
  id: string;
  kind: string;
  /** While the service remembers keys; and once it has forgotten them. */
  guarantee: 'A' | 'B' | 'C' | 'D';
  later: 'A' | 'B' | 'C' | 'D';
  gate: Gate;
  /** The one request that readers see. */
  shows: RegExp;
  /** One that prepares it, where there is one. */
  prepares: RegExp | null;
  /** A line of the settings' list, without the pace. */
  settings: string;
  /** What every visible create said, in order; only ever added to. */
  posts(): string[];
  close(): Promise<void>;
}

interface Kind extends Pick<Service, 'guarantee' | 'later' | 'shows' | 'prepares'> {
  start(now: () => number): Promise<Fake>;
  /** What stands between the braces of `settings`. */
  settings(url: string): string;
}

interface Fake {
  url: string;
  posts(): string[];
  close(): Promise<void>;
}

const token = 'token-of-the-newsroom';

export const kinds = {
  webhook: {
    guarantee: 'A',
    later: 'A',
    shows: /^POST /,
    prepares: null,
    settings: (url) => `url: "${url}", secret: "${secret}"`,
    // It knows keys for ever; its clock holds signatures against the worker's.
    async start() {
      const { url, events, close } = await startWebhookReceiver({ secret, now: Date.now });
      const created = () => [...events.values()].filter(({ type }) => type === 'article.published');
      return { url, close, posts: () => created().map(({ data }) => data.title) };
    },
  },
  mastodon: {
    guarantee: 'A',
    later: 'C',
    shows: /^POST \/api\/v1\/statuses$/,
    prepares: /^POST \/api\/v2\/media$/,
    settings: (url) => `baseUrl: "${url}", accessToken: "${token}"`,
    async start(now) {
      const { url, seen, close } = await startMastodon({ token, now, uploadRate: 10_000 });
      const posted = () => seen.filter(({ what }) => what === 'posted');
      return { url, close, posts: () => posted().map(({ status }) => status.status) };
    },
  },
} satisfies Record<string, Kind>;

export type KindName = keyof typeof kinds;

/** Those whose outcome may stay unknown for a while, and for good. */
export const inDoubt: KindName[] = (Object.keys(kinds) as KindName[]).filter((name) => kinds[name].later !== 'A');

/** `now`: the service's own clock, milliseconds. `id`: of the channel; the kind's name when left out. */
export async function startService(name: KindName, now: () => number, id: string = name): Promise<Service> {
  const kind: Kind = kinds[name];
  const fake = await kind.start(now);
  const gate = await startGate(fake.url);
  return {
    id,
    kind: name,
    guarantee: kind.guarantee,
    later: kind.later,
    gate,
    shows: kind.shows,
    prepares: kind.prepares,
    settings: `id: ${id}, kind: ${name}, settings: { ${kind.settings(gate.url)} }`,
    posts: fake.posts,
    async close() {
      await gate.close();
      await fake.close();
    },
  };
}
