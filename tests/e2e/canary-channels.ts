/** Channels and sources with secrets, at services that do well and at others that tell on all they are sent. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { onTestFinished } from 'vitest';
import type { Served } from '#src/net/serve.ts';
import { canaries } from '#tests/e2e/canaries.ts';
import { freePort } from '#tests/e2e/loa.ts';
import { startBluesky } from '#tests/fakes/bluesky-server.ts';
import { makeCertificate } from '#tests/fakes/certificate.ts';
import { startFacebook } from '#tests/fakes/facebook-server.ts';
import { type Gossip, startGossip } from '#tests/fakes/gossip.ts';
import { startGossipingSmtp } from '#tests/fakes/gossiping-smtp.ts';
import { startMastodon } from '#tests/fakes/mastodon-server.ts';
import { startSmtp } from '#tests/fakes/smtp-server.ts';
import { startTelegram } from '#tests/fakes/telegram-server.ts';
import { startWebhookReceiver } from '#tests/fakes/webhook-receiver.ts';

async function opened<S extends { close(): Promise<unknown> }>(server: Promise<S>): Promise<S> {
  const one = await server;
  onTestFinished(async () => void (await one.close()));
  return one;
}

const account = { did: 'did:plc:canaries', handle: 'bao.example', appPassword: canaries.bluesky };
const pageId = '104900000000001';
const bot = `123456:${canaries.telegram}`;

/** One of each kind, as its service is. */
export async function startServices() {
  return {
    bluesky: await opened(startBluesky({ account })),
    mastodon: await opened(startMastodon({ token: canaries.mastodon, now: Date.now })),
    telegram: await opened(startTelegram({ token: bot, now: Date.now })),
    facebook: await opened(
      startFacebook({
        token: canaries.facebook,
        pageId,
        now: Date.now,
        app: { id: '900', secret: canaries.facebookApp },
      }),
    ),
    webhook: await opened(startWebhookReceiver({ secret: canaries.webhook, now: Date.now })),
  };
}

type Services = Awaited<ReturnType<typeof startServices>>;

/** Channels of all kinds at these addresses. */
function channelsAt(name: string, at: Record<keyof Services, string>): object[] {
  const settings: Record<keyof Services, object> = {
    bluesky: { service: at.bluesky, identifier: account.handle, appPassword: canaries.bluesky },
    mastodon: { baseUrl: at.mastodon, accessToken: canaries.mastodon },
    telegram: { apiRoot: at.telegram, token: bot, chatId: '@baothu' },
    facebook: {
      baseUrl: at.facebook,
      pageId,
      accessToken: canaries.facebook,
      appId: '900',
      appSecret: canaries.facebookApp,
    },
    webhook: {
      url: `${at.webhook}/hook/${canaries.path}`,
      secret: canaries.webhook,
      headers: { 'x-key': canaries.header },
    },
  };
  return Object.entries(settings).map(([kind, settings]) => channel(`${kind}-${name}`, kind, settings));
}

const channel = (id: string, kind: string, settings: object) => ({
  id,
  kind,
  settings,
  pace: { settle: '0s', gap: '0s' },
});

const mail = (id: string, port: number, change: object = {}) =>
  channel(id, 'email', {
    ...{ host: '127.0.0.1', port, user: 'tin', password: canaries.smtp },
    ...{ from: 'tin@bao.example', to: ['doc.gia@hop-thu.example'] },
    dkim: { domain: 'bao.example', selector: 'loa', privateKey: canaries.dkim },
    ...change,
  });

const everywhere = (url: string) => ({ bluesky: url, mastodon: url, telegram: url, facebook: url, webhook: url });

const gossips: [string, Pick<Gossip, 'how' | 'always'>][] = [
  ['refused', { how: 'refuses' }],
  ['failed', { how: 'fails' }],
  ['redirected', { how: 'sends elsewhere' }],
  ['page', { how: 'shows a page' }],
  ['broken', { how: 'speaks no HTTP' }],
  ['address', { how: 'gives its address' }],
  ['always-refused', { how: 'refuses', always: true }],
  ['always-failed', { how: 'fails', always: true }],
];

/** Every kind in front of every way to tell a secret on. */
export async function writtenSettings(services: Services) {
  const urls = Object.fromEntries(Object.entries(services).map(([kind, { url }]) => [kind, url]));
  const behind = {
    '/xrpc/': urls['bluesky']!,
    '/bot': urls['telegram']!,
    '/v25': urls['facebook']!,
    '/api/': urls['mastodon']!,
    '/hook': urls['webhook']!,
  };
  const channels = channelsAt('well', urls as Record<keyof Services, string>);
  const tellers: (Served & { told(): number })[] = [];
  for (const [name, how] of gossips) {
    const teller = await opened(startGossip({ ...how, services: behind }));
    tellers.push(teller);
    channels.push(...channelsAt(name, everywhere(teller.url)));
  }
  channels.push(...channelsAt('closed', everywhere(`http://127.0.0.1:${await freePort()}`)));
  const certificate = makeCertificate();
  if (certificate) {
    const secure = createTlsServer(certificate, (socket) => void socket.end());
    secure.on('tlsClientError', () => {});
    await once(secure.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void secure.close());
    channels.push(...channelsAt('tls', everywhere(`https://127.0.0.1:${(secure.address() as AddressInfo).port}`)));
  }
  const smtp = await opened(startSmtp({ user: 'tin', password: canaries.smtp }));
  channels.push(mail('mail-well', smtp.port), mail('mail-closed', await freePort()));
  for (const from of ['AUTH', 'MAIL', 'DATA'] as const) {
    channels.push(mail(`mail-${from.toLowerCase()}`, await startGossipingSmtp(from)));
  }
  const model = await opened(startGossip({ how: 'fails', always: true, services: {} }));
  const wordpress = await opened(startGossip({ how: 'refuses', always: true, services: {} }));
  const sources = [
    { id: 'cms', kind: 'push', secret: canaries.push },
    { id: 'wp', kind: 'wordpress', url: wordpress.url, username: 'tin', password: canaries.wordpress, poll: '1s' },
  ];
  const summarizer = { kind: 'http', url: `${model.url}/v1`, model: 'm', apiKey: canaries.summarizer };
  return {
    lines: (list: object[]) => list.map((one) => `  - ${JSON.stringify(one)}`).join('\n'),
    ...{ channels, sources, summarizer, tellers, model, wordpress, smtp },
  };
}
