import { describe, expect, it } from 'vitest';
import { facebook } from '#src/channels/facebook/channel.ts';
import { facebookBench, pageId, secret, token } from '#tests/channels/facebook/bench.ts';
import { facebookRefusal, usedUp } from '#tests/fakes/facebook-server.ts';
import type { Mood } from '#tests/fakes/moods.ts';
import { somePost, someSending } from '#tests/fakes/posts.ts';

const minute = 60_000;

describe('Facebook, answers', () => {
  const bench = facebookBench();
  const { settings, tools, publish } = bench;

  it('judges every answer by its codes', async () => {
    const now = bench.clock.now();
    const channel = { kind: 'permanent', scope: 'channel' };
    const cases: [Mood, object][] = [
      [usedUp(pageId, 30), { kind: 'notSent', retryAt: now + 30 * minute }],
      [facebookRefusal(4, 'app limit'), { kind: 'notSent', retryAt: now + 60 * minute }],
      [
        facebookRefusal(32, '', { headers: { 'x-business-use-case-usage': 'garbage' } }),
        { kind: 'notSent', retryAt: now + 60 * minute },
      ],
      [facebookRefusal(613, ''), { kind: 'notSent' }],
      [facebookRefusal(100, 'too fast', { subcode: 1390008 }), { kind: 'notSent', retryAt: now + 60 * minute }],
      [
        { status: 429, headers: { 'retry-after': '20' } },
        { kind: 'notSent', retryAt: now + 20_000 },
      ],
      [
        { status: 429, body: '<h1>no</h1>', headers: { 'retry-after': 'soon' } },
        { kind: 'notSent', retryAt: now + 60 * minute },
      ],
      [
        facebookRefusal(190, 'expired', { subcode: 463 }),
        { ...channel, reason: expect.stringMatching(/log in again/) },
      ],
      [facebookRefusal(102, 'session'), channel],
      [{ status: 401, body: '' }, channel],
      [facebookRefusal(10, 'no'), channel],
      [facebookRefusal(200, 'no'), channel],
      [facebookRefusal(299, 'no'), channel],
      [facebookRefusal(100, 'no', { subcode: 1404078 }), channel],
      [facebookRefusal(368, 'blocked'), channel],
      [facebookRefusal(100, 'limited', { subcode: 1404112 }), channel],
      [facebookRefusal(100, 'facebook.com link', { subcode: 1609008 }), { kind: 'permanent', scope: 'item' }],
      [facebookRefusal(100, 'Invalid parameter'), { kind: 'permanent', scope: 'item' }],
      [facebookRefusal(1, 'unknown'), { kind: 'ambiguous' }],
      [facebookRefusal(2, 'service', { status: 500, isTransient: true }), { kind: 'ambiguous' }],
      [facebookRefusal(4, 'said too late', { status: 500 }), { kind: 'ambiguous' }],
      [facebookRefusal(999, 'passing', { isTransient: true }), { kind: 'ambiguous' }],
      [facebookRefusal(506, 'duplicate'), { kind: 'ambiguous' }],
      [facebookRefusal(190, 'expired', { status: 200 }), channel],
      [{ status: 302, headers: { location: 'https://elsewhere.example/' } }, { kind: 'notSent' }],
      ...(['500', 'proxy page', 'answer lost', 'html', 'garbage', 'empty', 'huge'] as const).map(
        (mood): [Mood, object] => [mood, { kind: 'ambiguous' }],
      ),
    ];
    for (const [index, [mood, expected]] of cases.entries()) {
      bench.server.misbehave(mood);
      const segments = [{ kind: 'text', text: `Tin ${index}` } as const];
      expect(await publish(someSending({ post: somePost({ segments }) })), JSON.stringify(mood)).toMatchObject(
        expected,
      );
    }
  });

  it('is in doubt when the answer drips without end or never comes', async () => {
    for (const mood of ['drip', 'hang'] as const) {
      const stop = new AbortController();
      bench.server.misbehave(mood);
      const asked = bench.server.asked(/feed/);
      const running = facebook.publish(someSending(), settings(), { ...tools(), signal: stop.signal });
      await asked;
      stop.abort(new Error('too late'));
      expect((await running).kind).toBe('ambiguous');
    }
  });

  it('never tells its secrets', async () => {
    const mine = settings({ appId: '900', appSecret: secret });
    const told: unknown[] = [];
    for (const mood of [
      facebookRefusal(190, `bad ${token}`),
      facebookRefusal(2, `bad ${encodeURIComponent(token)} ${secret}`),
    ]) {
      bench.server.misbehave(mood);
      told.push(await facebook.publish(someSending(), mine, tools()));
    }
    told.push(await facebook.publish(someSending(), settings({ baseUrl: 'http://127.0.0.1:1' }), tools()));
    told.push(await facebook.check(mine, tools()).catch((error) => [error.message, error.stack, String(error.cause)]));
    told.push(await facebook.find!(0, mine, tools()).catch((error) => error.message));
    expect(JSON.stringify([told, bench.log.lines, bench.server.requests])).not.toMatch(/canary/);
  });
});
