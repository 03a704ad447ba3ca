import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { webhook } from '#src/channels/webhook/channel.ts';
import { articleEvent } from '#src/channels/webhook/event.ts';
import { signatures } from '#src/channels/webhook/sign.ts';
import type { HttpClient } from '#src/net/http-client.ts';
import { createHttp } from '#src/net/http-client.ts';
import { fakeChannelTools } from '#tests/fakes/channel-tools.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';
import { someSending } from '#tests/fakes/posts.ts';
import { startWebhookReceiver, type WebhookReceiver } from '#tests/fakes/webhook-receiver.ts';

const secret = `whsec_${Buffer.from(Array.from({ length: 32 }, (_, i) => i)).toString('base64')}`;
const oldSecret = `whsec_${Buffer.from(Array.from({ length: 24 }, (_, i) => 0xff - i)).toString('base64')}`;

describe('signing', () => {
  const id = 'msg_01JDTESTVECTOR0001';
  const timestamp = 1795401000;
  const body =
    '{"type":"article.published","timestamp":"2026-11-23T02:30:00.000Z","data":{"title":"Sáng 29/11: Đắk Lắk đón mưa"}}';

  it("signs the specification's own example", () => {
    const known = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    expect(signatures([known], 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, '{"test": 2432232314}')).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    );
  });

  it('signs the bytes of a Vietnamese text', () => {
    expect(signatures([secret], id, timestamp, body)).toBe('v1,wECW5XC0tCPbnpxTh/hI+QRTYGx0smkLvRU8XQ8gDcE=');
  });

  it('signs with the new and the old secret while receivers change over', () => {
    expect(signatures([secret, oldSecret], id, timestamp, body)).toBe(
      'v1,wECW5XC0tCPbnpxTh/hI+QRTYGx0smkLvRU8XQ8gDcE= v1,3C4meR5FSFtaBH5iB14a9EoK0aIKp2hveNBX6JBE/Sg=',
    );
  });

  it('agrees with the standardwebhooks library', () => {
    expect(signatures([secret], id, timestamp, body)).toBe(
      new Webhook(secret).sign(id, new Date(timestamp * 1000), body),
    );
  });
});

describe('events', () => {
  it('keep their id and bytes over tries, and differ by key and type', () => {
    const first = articleEvent('published', someSending());
    expect(articleEvent('published', someSending())).toEqual(first);
    expect(first.id).toMatch(/^msg_[0-9a-f]{32}$/);
    expect(articleEvent('updated', someSending()).id).not.toBe(first.id);
    expect(articleEvent('published', someSending({ key: 'other' })).id).not.toBe(first.id);
  });

  it('carry the article as data', () => {
    const { type, timestamp, data } = JSON.parse(articleEvent('published', someSending()).body);
    expect({ type, timestamp }).toEqual({ type: 'article.published', timestamp: '2026-11-25T08:00:00.000Z' });
    expect(data).toMatchObject({
      language: 'vi',
      revision: 1,
      authors: [{ name: 'Hoàng Huấn' }, { name: 'Phương Dung' }],
    });
  });
});

describe('settings', () => {
  it('refuse a secret that is too short or of another kind', () => {
    const url = 'https://nhan.example/hook';
    for (const bad of ['whsec_c2hvcnQ=', 'plain-password-of-some-length-here']) {
      expect(webhook.settings.safeParse({ url, secret: bad }).success).toBe(false);
    }
    expect(webhook.settings.safeParse({ url, secret }).success).toBe(true);
  });

  it('refuse headers that would break the request', () => {
    const headers = { authorization: 'a\r\nhost: other' };
    expect(webhook.settings.safeParse({ url: 'https://nhan.example', secret, headers }).success).toBe(false);
    for (const name of ['Content-Type', 'webhook-id', 'Webhook-Signature', 'Host', 'content-length']) {
      const given = { url: 'https://nhan.example', secret, headers: { [name]: 'x' } };
      expect(webhook.settings.safeParse(given).error?.issues[0]?.message).toContain('Loa sets');
    }
  });

  it('refuse an address with a password in it', () => {
    const given = webhook.settings.safeParse({ url: 'https://me:canary@nhan.example/hook', secret });
    expect(given.error?.issues[0]?.message).toContain('headers');
    expect(JSON.stringify(given.error)).not.toContain('canary');
  });
});

describe('sending', () => {
  const clock = manualClock();
  let receiver: WebhookReceiver;
  let http: HttpClient;

  beforeAll(async () => {
    receiver = await startWebhookReceiver({ secret, now: clock.now });
    http = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'test', clock });
  });
  afterEach(() => {
    receiver.record.length = 0;
    receiver.events.clear();
  });
  afterAll(async () => {
    await http.close();
    await receiver.close();
  });

  const settings = () => webhook.settings.parse({ url: `${receiver.url}/hook`, secret });
  const tools = (signal = new AbortController().signal) => fakeChannelTools({ http, clock, signal, channelId: 'hook' });
  const publish = () => webhook.publish(someSending(), settings(), tools());

  it('signs anew at every try and keeps the id', async () => {
    await publish();
    clock.advance(5_000);
    await publish();
    const [first, second] = receiver.record;
    expect(second).toMatchObject({ id: first!.id, body: first!.body, outcome: 'known' });
    expect(Number(second!.timestamp) - Number(first!.timestamp)).toBe(5);
  });

  it.each([
    [500, 'ambiguous'],
    [502, 'ambiguous'],
    [408, 'ambiguous'],
    [429, 'notSent'],
    [302, 'notSent'],
    [404, 'notSent'],
    [204, 'sent'],
  ])('takes %i for %s', async (status, kind) => {
    receiver.misbehave({ status, headers: { location: `${receiver.url}/elsewhere` } });
    expect(await publish()).toMatchObject({ kind });
    expect(receiver.record).toHaveLength(1);
  });

  it('waits as long as it is asked to', async () => {
    receiver.misbehave({ status: 429, headers: { 'retry-after': '90' } });
    expect(await publish()).toMatchObject({ kind: 'notSent', retryAt: clock.now() + 90_000 });
  });

  it('gives up a refusal after five tries', async () => {
    receiver.misbehave({ status: 422, body: 'no such field' });
    expect(await publish()).toMatchObject({ tries: 5, reason: 'the receiver answered 422: no such field' });
  });

  it('stops for good when the receiver wants no more', async () => {
    receiver.misbehave({ status: 410 });
    expect(await publish()).toMatchObject({ kind: 'permanent', scope: 'channel' });
  });

  it('is delivered whatever the answer says in words', async () => {
    receiver.misbehave({ status: 200, body: '<html>surprise</html>' });
    expect(await publish()).toMatchObject({ kind: 'sent' });
  });

  it.each(['huge', 'cut off'] as const)(
    'is delivered when the status says so, though the answer is %s',
    async (how) => {
      receiver.misbehave(how);
      expect(await publish()).toMatchObject({ kind: 'sent' });
      expect(receiver.events.size).toBe(1);
    },
  );

  it('is in doubt when the connection breaks after the event was read', async () => {
    receiver.misbehave('reset after body');
    expect(await publish()).toMatchObject({ kind: 'ambiguous' });
    expect(receiver.events.size).toBe(1);
  });

  it('is in doubt when no answer comes', async () => {
    const stop = new AbortController();
    receiver.misbehave('hang');
    const arrived = receiver.nextRequest();
    const running = webhook.publish(someSending(), settings(), tools(stop.signal));
    await arrived;
    stop.abort();
    expect(await running).toMatchObject({ kind: 'ambiguous' });
  });

  it('tells no secret of its address, nor half of one that the receiver says again', async () => {
    const url = `${receiver.url}/hooks/canary-of-the-path?key=canary%20of%20the%20query`;
    receiver.misbehave({ status: 200, headers: { location: `${url}&done=1` } });
    const taken = await webhook.publish(someSending(), webhook.settings.parse({ url, secret }), tools());
    expect(taken).toMatchObject({ kind: 'sent', url: null });
    for (const length of [150, 190, 1010]) {
      const echo = `${'x'.repeat(length)} ${secret} Cannot POST ${new URL(url).pathname} canary of the query`;
      receiver.misbehave({ status: 404, body: echo });
      const result = await webhook.publish(someSending(), webhook.settings.parse({ url, secret }), tools());
      expect(JSON.stringify(result)).not.toMatch(/canary|whsec/);
    }
  });

  it('is not sent when nobody listens', async () => {
    const gone = await startWebhookReceiver({ secret, now: clock.now });
    await gone.close();
    const result = await webhook.publish(someSending(), { ...settings(), url: gone.url }, tools());
    expect(result).toMatchObject({ kind: 'notSent' });
  });

  it('pings at the check', async () => {
    expect(await webhook.check(settings(), tools())).toMatchObject({ account: new URL(receiver.url).host });
    expect([...receiver.events.values()][0]).toMatchObject({ type: 'ping' });
  });

  it('offers a fresh secret where there is none', () => {
    const offered = () => {
      const { error } = webhook.settings.safeParse({ url: receiver.url });
      return /A fresh one: (whsec_[A-Za-z0-9+/]{43}=)$/.exec(error?.issues[0]?.message ?? '')?.[1];
    };
    expect(offered()).toBeTruthy();
    expect(offered()).not.toBe(offered());
    expect(webhook.settings.safeParse({ url: receiver.url, secret: offered() }).success).toBe(true);
  });

  it('follows the schedule of the specification to its end', () => {
    const delays = Array.from({ length: 11 }, (_, tries) => webhook.retryDelay!(tries));
    expect(delays.slice(0, 4)).toEqual([0, 5_000, 300_000, 1_800_000]);
    expect(delays.slice(0, 10).reduce((sum, delay) => sum! + delay!, 0)).toBe((75 * 3600 + 35 * 60 + 5) * 1000);
    expect(delays[10]).toBeNull();
  });
});
