/** The services that the scenarios post to: a new kind of channel is one line in `kinds`. */
import { secret } from '#tests/e2e/newsroom-bench.ts';
import { startBluesky } from '#tests/fakes/bluesky-server.ts';
import { startFacebook } from '#tests/fakes/facebook-server.ts';
import { startMastodon } from '#tests/fakes/mastodon-server.ts';
import { startTelegram } from '#tests/fakes/telegram-server.ts';
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
const botToken = '123456:AAtoken-of-the-bot';

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
  bluesky: {
    guarantee: 'A',
    later: 'A',
    shows: /^POST .*repo\.putRecord$/,
    prepares: /^POST .*repo\.uploadBlob$/,
    settings: (url) => `service: "${url}", identifier: bao.example, appPassword: "${token}"`,
    async start() {
      const { url, record, close } = await startBluesky({ account: { appPassword: token } });
      return { url, close, posts: () => createsIn(record) };
    },
  },
  facebook: {
    guarantee: 'C',
    later: 'C',
    shows: /^POST \/v[\d.]+\/\d+\/feed$/,
    prepares: /^POST \/v[\d.]+\/\d+\/photos$/,
    settings: (url) => `baseUrl: "${url}", pageId: "104900000000001", accessToken: "${token}"`,
    async start(now) {
      const { url, record, close } = await startFacebook({ token, pageId: '104900000000001', now });
      return { url, close, posts: () => createsIn(record) };
    },
  },
  telegram: {
    guarantee: 'D',
    later: 'D',
    shows: /^POST \/bot[^/]+\/send/,
    prepares: null,
    settings: (url) => `apiRoot: "${url}", token: "${botToken}", chatId: "@baothu"`,
    async start(now) {
      const { url, record, close } = await startTelegram({ token: botToken, now });
      return { url, close, posts: () => createsIn(record) };
    },
  },
} satisfies Record<string, Kind>;

function createsIn(record: readonly { op: string; text: string }[]): string[] {
  return record.filter(({ op }) => op === 'create').map(({ text }) => text);
}

export type KindName = keyof typeof kinds;

/** Those that know a post again by its key, however often it comes. */
export const knowing = (Object.keys(kinds) as KindName[]).filter((name) => kinds[name].guarantee === 'A');

/** Those whose outcome may stay unknown for a while, or for good. */
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
