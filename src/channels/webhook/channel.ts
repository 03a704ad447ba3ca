/** A signed request to an address of the operator's own, by Standard Webhooks 1.0.0. */

import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Channel, ChannelTools } from '#src/channels/channel.ts';
import { articleEvent, pingEvent, type WebhookEvent } from '#src/channels/webhook/event.ts';
import { setUp } from '#src/channels/webhook/set-up.ts';
import { secretBytes, secretPrefix, signatures } from '#src/channels/webhook/sign.ts';
import { UserError } from '#src/core/errors.ts';
import { mask } from '#src/core/mask.ts';
import type { SendResult } from '#src/core/outcome.ts';
import { oneLine } from '#src/core/post-text.ts';
import { retryAfter } from '#src/core/retry-after.ts';
import { resultOfAnswer, resultOfFailure } from '#src/core/send-result.ts';
import { toldAddress } from '#src/core/told-address.ts';
import type { HttpResponse } from '#src/core/tools.ts';

const secret = z
  .string({ error: ({ input }) => (input === undefined ? missingSecret() : 'must be text') })
  .startsWith(secretPrefix, `must begin with ${secretPrefix}`)
  .refine((text) => secretBytes(text).length >= 24 && secretBytes(text).length <= 64, 'must hold 24 to 64 bytes');

const ownHeaders = /^(content-.*|webhook-.*|host|connection|transfer-encoding|accept-encoding|expect|upgrade)$/i;

const settings = z.strictObject({
  url: z
    .url({ protocol: /^https?$/, error: 'must be an address that begins with https://' })
    .refine(hasNoPassword, 'must hold no user and password: put them into headers, as authorization')
    .describe('Where events are sent; https, or an address on `network.allow`.'),
  secret: secret.describe('Signs every event, so that the receiver knows who is calling; it holds the same one.'),
  secrets: z.array(secret).default([]).describe('Older secrets, while receivers change over: each signs too.'),
  headers: z
    .record(z.string().regex(/^[A-Za-z0-9-]+$/), z.string().regex(/^[^\r\n\0]*$/))
    .refine((headers) => !Object.keys(headers).some((name) => ownHeaders.test(name)), {
      error: 'names a header that Loa sets itself: leave out content-…, webhook-…, host and the like',
    })
    .default({})
    .describe('Further headers of every request, such as `authorization`.'),
});

function hasNoPassword(address: string): boolean {
  const url = URL.parse(address);
  return !url?.username && !url?.password;
}

/** Nobody makes up a good one: it is offered. */
function missingSecret(): string {
  const fresh = secretPrefix + randomBytes(32).toString('base64');
  return `is missing: without it the receiver cannot tell who is calling. A fresh one: ${fresh}`;
}

type WebhookSettings = z.infer<typeof settings>;

const seconds = 1000;
const minutes = 60 * seconds;
const hours = 60 * minutes;

/** Delays before the first and each further try: the specification's example. */
const schedule = [
  0,
  5 * seconds,
  5 * minutes,
  30 * minutes,
  2 * hours,
  5 * hours,
  10 * hours,
  14 * hours,
  20 * hours,
  24 * hours,
];

/** The specification knows no permanent refusal but 410; these seldom mend themselves. */
const refusals = new Set([400, 401, 403, 404, 405, 413, 415, 422]);

export const webhook: Channel<WebhookSettings, WebhookEvent> = {
  kind: 'webhook',
  settings,
  summary: 'Signed events to an address of your own (Standard Webhooks)',
  setUp,
  guarantee: () => 'A',
  limits: () => ({
    length: null,
    unit: 'utf-8 bytes',
    linkLength: null,
    photos: 100,
    altLength: null,
    captions: 'all',
  }),
  retryDelay: (attempts) => schedule[attempts] ?? null,
  maxAge: 72 * hours,
  unpaced: true,

  async check(settings, tools) {
    const now = tools.clock.now();
    const id = `msg_ping_${tools.channelId}_${now}`;
    const event = pingEvent(id, new Date(now).toISOString(), `Loa's channel ${tools.channelId} can reach this address`);
    const response = await post(event, settings, tools);
    if (response.status < 200 || response.status > 299) {
      throw new UserError(`the receiver answered ${response.status} to a ping${excerpt(response, settings)}`, {
        next: 'It must answer 2xx to every event whose signature is right.',
      });
    }
    return { account: new URL(settings.url).host, facts: {} };
  },

  async prepare(sending) {
    return articleEvent(sending.remote === null ? 'published' : 'updated', sending);
  },

  async publish(sending, settings, tools) {
    return send(sending.prepared ?? articleEvent('published', sending), settings, tools);
  },

  async edit(sending, settings, tools) {
    return send(sending.prepared ?? articleEvent('updated', sending), settings, tools);
  },

  async withdraw(sending, settings, tools) {
    return send(articleEvent('retracted', sending), settings, tools);
  },
};

async function send(event: WebhookEvent, settings: WebhookSettings, tools: ChannelTools): Promise<SendResult> {
  try {
    return resultOf(await post(event, settings, tools), event, settings, tools.clock.now());
  } catch (error) {
    return resultOfFailure(error);
  }
}

function resultOf(response: HttpResponse, event: WebhookEvent, settings: WebhookSettings, now: number): SendResult {
  const { status, headers } = response;
  if (status >= 200 && status < 300) {
    return { kind: 'sent', id: event.id, url: toldAddress(headers['location'] ?? null, secretsOf(settings)) };
  }
  const detail = excerpt(response, settings);
  if (status === 410) {
    return { kind: 'permanent', scope: 'channel', reason: `the receiver wants no more events (410)${detail}` };
  }
  if (status >= 400 && status < 500 && status !== 408) {
    const retryAt = retryAfter(headers, now);
    return {
      kind: 'notSent',
      reason: `the receiver answered ${status}${detail}`,
      ...(retryAt === null ? {} : { retryAt }),
      ...(refusals.has(status) ? { tries: 5 } : {}),
    };
  }
  return resultOfAnswer(response, now);
}

async function post(event: WebhookEvent, settings: WebhookSettings, tools: ChannelTools): Promise<HttpResponse> {
  const timestamp = Math.floor(tools.clock.now() / 1000);
  const secrets = [settings.secret, ...settings.secrets];
  return tools.http.request({
    url: settings.url,
    method: 'POST',
    headers: {
      ...settings.headers,
      'content-type': 'application/json',
      'webhook-id': event.id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signatures(secrets, event.id, timestamp, event.body),
    },
    body: event.body,
    // Whatever a receiver adds in words: 2xx means that it has the event.
    statusIsEnough: true,
    maxBytes: 64 * 1024,
    // Ends before the delivery's own time, so that a status that came counts.
    timeoutMs: 18 * seconds,
    redirects: 0,
    operatorUrl: true,
    signal: tools.signal,
  });
}

/** The first words of the answer, for the operator; a receiver may echo what it was sent. */
function excerpt(response: HttpResponse, settings: WebhookSettings): string {
  const told = mask(new TextDecoder().decode(response.body.subarray(0, 64 * 1024)), secretsOf(settings));
  // Cut when it holds none any more: half a secret would not be known as one.
  const text = oneLine(told.slice(0, 1000)).slice(0, 200);
  return text && `: ${text}`;
}

/** Many an address is itself the password, and a receiver that knows it not says it again. */
function secretsOf({ url, secret, secrets, headers }: WebhookSettings): string[] {
  const { pathname, searchParams } = new URL(url);
  const inAddress = [pathname, ...pathname.split('/'), ...searchParams.values()];
  return [secret, ...secrets, ...Object.values(headers), ...inAddress].filter((value) => value.length >= 6);
}
