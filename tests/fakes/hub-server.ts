import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { serve } from '#src/net/serve.ts';

export interface HubSubscription {
  topic: string;
  callback: string;
  secret: string | null;
  leaseSeconds: number;
}

/** What a hub does when it misbehaves, or does what it may. */
export interface HubManners {
  /** Answer to requests. */
  status: number;
  headers: Record<string, string>;
  /** `none`: takes requests and never comes to verify. `first`: verifies before it answers. */
  verify: 'later' | 'first' | 'none' | 'denied';
  /** Another topic than it was asked for. */
  topic: string | null;
  /** Seconds; null: as asked. */
  lease: number | null;
  /** What it signs with. */
  method: 'sha1' | 'sha256' | 'sha384' | 'sha512' | 'md5';
}

export interface Delivered {
  status: number;
  body: string;
}

export interface HubServer {
  url: string;
  /** Requests as forms, in order. */
  requests: Record<string, string>[];
  /** By callback. */
  subscriptions: Map<string, HubSubscription>;
  /** Answers to its verifications, in order. */
  verifications: { status: number; body: string; challenge: string }[];
  /** From now on. */
  misbehave(manners: Partial<HubManners>): void;
  behave(): void;
  /** Sends the document to all subscribers of the topic. `signature`: in place of the right one; null: none. */
  publish(topic: string, body: string, more?: { signature?: string | null; type?: string }): Promise<Delivered[]>;
  /** Asks a callback as a hub would. */
  ask(callback: string, query: Record<string, string>): Promise<Delivered>;
  /** Resolves once the last request has been verified, or the hub has decided not to. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

const proper: HubManners = {
  ...{ status: 202, headers: {}, verify: 'later', topic: null, lease: null, method: 'sha256' },
};

/** A hub as WebSub has it, over real HTTP on loopback; by TLS with `tls`. */
export async function startHubServer({ tls }: { tls?: ServerOptions } = {}): Promise<HubServer> {
  let manners = { ...proper };
  let last: Promise<void> = Promise.resolve();
  const requests: HubServer['requests'] = [];
  const subscriptions: HubServer['subscriptions'] = new Map();
  const verifications: HubServer['verifications'] = [];

  const ask = async (callback: string, query: Record<string, string>): Promise<Delivered> => {
    const url = new URL(callback);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const response = await fetch(url, { redirect: 'manual' });
    return { status: response.status, body: await response.text() };
  };

  const verify = async (form: Record<string, string>, { verify: how, topic, lease }: HubManners): Promise<void> => {
    const { 'hub.mode': mode = '', 'hub.callback': callback = '', 'hub.secret': secret = null } = form;
    const asked = topic ?? form['hub.topic'] ?? '';
    if (how === 'none') return;
    if (how === 'denied') {
      await ask(callback, { 'hub.mode': 'denied', 'hub.topic': asked, 'hub.reason': 'not your feed' });
      return;
    }
    const leaseSeconds = lease ?? Number(form['hub.lease_seconds']);
    const challenge = `${randomUUID()} ế+&`;
    const query = { 'hub.mode': mode, 'hub.topic': asked, 'hub.challenge': challenge };
    const answer = await ask(
      callback,
      mode === 'subscribe' ? { ...query, 'hub.lease_seconds': `${leaseSeconds}` } : query,
    );
    verifications.push({ ...answer, challenge });
    if (answer.status >= 300 || answer.body !== challenge) return;
    if (mode === 'subscribe') subscriptions.set(callback, { topic: asked, callback, secret, leaseSeconds });
    else subscriptions.delete(callback);
  };

  const served = await listen(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const form = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
    requests.push(form);
    const now = manners;
    const isTaken = now.status === 202;
    if (isTaken && now.verify === 'first') await verify(form, now);
    response.writeHead(now.status, now.headers).end(isTaken ? '' : 'no room at the hub');
    if (isTaken && now.verify !== 'first') last = verify(form, now);
  }, tls);

  return {
    url: `${served.url}/hub`,
    requests,
    subscriptions,
    verifications,
    misbehave: (change) => void (manners = { ...manners, ...change }),
    behave: () => void (manners = { ...proper }),
    publish(topic, body, { signature, type = 'application/rss+xml' } = {}) {
      const takers = [...subscriptions.values()].filter((one) => one.topic === topic);
      return Promise.all(
        takers.map(async ({ callback, secret }) => {
          const hmac = secret === null ? null : createHmac(manners.method, secret).update(body).digest('hex');
          const right = hmac === null ? null : `${manners.method}=${hmac}`;
          const shown = signature === undefined ? right : signature;
          const headers = {
            'content-type': type,
            link: `<${topic}>; rel=self`,
            ...(shown && { 'x-hub-signature': shown }),
          };
          const response = await fetch(callback, { method: 'POST', body, headers, redirect: 'manual' });
          if (response.status === 410) subscriptions.delete(callback);
          return { status: response.status, body: await response.text() };
        }),
      );
    },
    ask,
    settled: () => last,
    close: served.close,
  };
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

async function listen(handler: Handler, tls: ServerOptions | undefined) {
  if (!tls) return serve((request, response) => void handler(request, response));
  const server: Server = createServer(tls, (request, response) => void handler(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
