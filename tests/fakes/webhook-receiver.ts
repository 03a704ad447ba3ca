/** A receiver of webhooks as the specification wants it, that can also misbehave. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Served, serve } from '#src/net/serve.ts';
import { answerBadly } from '#tests/fakes/moods.ts';

export type Misbehaviour =
  | { status: number; headers?: Record<string, string>; body?: string }
  | 'hang'
  /** Takes the event, then breaks the connection instead of answering. */
  | 'reset after body'
  /** Takes the event, then answers an error. */
  | 'error after body'
  /** Takes the event, says so with status 200, and then with ten megabytes, */
  | 'huge'
  /** or with the beginning of a body that breaks off. */
  | 'cut off';

/** One request as it came; kept for ever, in order. */
export interface Received {
  id: string;
  timestamp: string;
  signature: string;
  headers: IncomingMessage['headers'];
  body: string;
  /** `new` made the event visible; `known` was a repeat; else why it was refused. */
  outcome: 'new' | 'known' | 'misbehaved' | 'bad signature' | 'too old' | 'malformed';
}

export interface WebhookReceiver extends Served {
  record: Received[];
  /** The events whose signature was right, each once. */
  events: Map<string, { type: string; timestamp: string; data: any }>;
  /** The next requests are answered so, in order; then well again. */
  misbehave(...how: Misbehaviour[]): void;
  /** Resolves when the next request has come in whole. */
  nextRequest(): Promise<void>;
}

export async function startWebhookReceiver(options: { secret: string; now(): number }): Promise<WebhookReceiver> {
  const record: Received[] = [];
  const events: WebhookReceiver['events'] = new Map();
  const planned: Misbehaviour[] = [];
  const waiting: (() => void)[] = [];

  const accept = (received: Received) => {
    const fault = faultOf(received, options.secret, options.now());
    if (fault) received.outcome = fault;
    else if (events.has(received.id)) received.outcome = 'known';
    else events.set(received.id, JSON.parse(received.body));
  };

  const served = await serve(async (request, response) => {
    const received = await read(request);
    record.push(received);
    for (const wake of waiting.splice(0)) wake();
    const how = planned.shift();
    if (how === 'hang' || typeof how === 'object') received.outcome = 'misbehaved';
    else accept(received);
    answer(response, how, received);
  });

  return {
    ...served,
    record,
    events,
    misbehave: (...how) => void planned.push(...how),
    nextRequest: () => new Promise((resolve) => waiting.push(resolve)),
  };
}

async function read(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const header = (name: string) => String(request.headers[name] ?? '');
  return {
    id: header('webhook-id'),
    timestamp: header('webhook-timestamp'),
    signature: header('webhook-signature'),
    headers: request.headers,
    body: Buffer.concat(chunks).toString('utf8'),
    outcome: 'new',
  };
}

function faultOf(received: Received, secret: string, now: number): 'bad signature' | 'too old' | 'malformed' | null {
  if (!/^[^.\s]+$/.test(received.id) || !/^\d+$/.test(received.timestamp)) return 'malformed';
  if (received.headers['content-type'] !== 'application/json' || !received.headers['user-agent']) return 'malformed';
  if (Math.abs(now / 1000 - Number(received.timestamp)) > 300) return 'too old';
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const wanted = createHmac('sha256', key).update(`${received.id}.${received.timestamp}.${received.body}`).digest();
  const matches = received.signature.split(' ').some((entry) => {
    const [mark, value = ''] = entry.split(',');
    const given = Buffer.from(value, 'base64');
    return mark === 'v1' && given.length === wanted.length && timingSafeEqual(given, wanted);
  });
  if (!matches) return 'bad signature';
  return isEvent(received.body) ? null : 'malformed';
}

/** The specification's shape: what happened, when, and data; in NFC, as all of Loa's texts. */
function isEvent(body: string): boolean {
  const { type, timestamp, data } = JSON.parse(body);
  const isNamed = /^[a-zA-Z0-9_]+(\.[a-zA-Z0-9_]+)*$/.test(type);
  return isNamed && !Number.isNaN(Date.parse(timestamp)) && typeof data === 'object' && body === body.normalize('NFC');
}

function answer(response: ServerResponse, how: Misbehaviour | undefined, received: Received): void {
  if (how === 'hang') return;
  if (how === 'reset after body') {
    response.socket?.resetAndDestroy();
  } else if (how === 'error after body') {
    response.writeHead(500).end('later');
  } else if (how === 'huge') {
    answerBadly(response, how);
  } else if (how === 'cut off') {
    response.writeHead(200, { 'content-length': '100' }).write('o', () => response.socket?.end());
  } else if (how) {
    response.writeHead(how.status, how.headers).end(how.body ?? '');
  } else {
    const taken = received.outcome === 'new' || received.outcome === 'known';
    response.writeHead(taken ? 200 : 401).end(taken ? 'ok' : received.outcome);
  }
}
