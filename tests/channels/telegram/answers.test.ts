import { describe, expect, it } from 'vitest';
import { telegram } from '#src/channels/telegram/channel.ts';
import { secret, telegramBench, token } from '#tests/channels/telegram/bench.ts';
import type { Mood } from '#tests/fakes/moods.ts';
import { someSending } from '#tests/fakes/posts.ts';
import { startTelegram, telegramRefusal } from '#tests/fakes/telegram-server.ts';

describe('Telegram, answers', () => {
  const bench = telegramBench();
  const { settings, tools, publish } = bench;

  it('judges every answer by what Telegram means with it', async () => {
    const now = bench.clock.now();
    const cases: [Mood, object][] = [
      [
        telegramRefusal(429, 'Too Many Requests: retry after 31', { retry_after: 31 }),
        { kind: 'notSent', retryAt: now + 31_000 },
      ],
      [
        { status: 429, headers: { 'retry-after': '20' } },
        { kind: 'notSent', retryAt: now + 20_000 },
      ],
      [
        { status: 429, headers: { 'retry-after': new Date(now + 90_000).toUTCString() } },
        { kind: 'notSent', retryAt: now + 90_000 - (now % 1000) },
      ],
      [
        { status: 429, body: '<h1>no</h1>', headers: { 'retry-after': 'soon' } },
        { kind: 'notSent', retryAt: now + 60_000 },
      ],
      [telegramRefusal(429, 'x', { retry_after: 9e9 }), { kind: 'notSent', retryAt: now + 86_400_000 }],
      [telegramRefusal(401, 'Unauthorized'), { kind: 'permanent', scope: 'channel' }],
      [telegramRefusal(404, 'Not Found'), { kind: 'permanent', scope: 'channel' }],
      [
        telegramRefusal(403, 'Forbidden: bot was kicked from the channel chat'),
        { kind: 'permanent', scope: 'channel' },
      ],
      [telegramRefusal(400, 'Bad Request: CHAT NOT FOUND'), { kind: 'permanent', scope: 'channel' }],
      [
        telegramRefusal(400, 'Bad Request: not enough rights to send photos to the chat'),
        { kind: 'permanent', scope: 'channel' },
      ],
      [
        telegramRefusal(400, 'Bad Request: need administrator rights in the channel chat'),
        { kind: 'permanent', scope: 'channel' },
      ],
      [telegramRefusal(400, 'Bad Request: message is too long'), { kind: 'permanent', scope: 'item' }],
      [telegramRefusal(400, "Bad Request: can't parse entities: x"), { kind: 'permanent', scope: 'item' }],
      [telegramRefusal(500, 'Internal Server Error'), { kind: 'ambiguous' }],
      [{ status: 302, headers: { location: `https://elsewhere.example/bot${token}/x` } }, { kind: 'notSent' }],
      ['500', { kind: 'ambiguous' }],
      ['proxy page', { kind: 'ambiguous' }],
      ['answer lost', { kind: 'ambiguous' }],
      ['html', { kind: 'ambiguous' }],
      ['garbage', { kind: 'ambiguous' }],
      ['empty', { kind: 'ambiguous' }],
      ['huge', { kind: 'ambiguous' }],
    ];
    for (const [mood, expected] of cases) {
      bench.server.misbehave(mood);
      const { result } = await publish();
      expect(result, JSON.stringify(mood)).toMatchObject(expected);
    }
  });

  it('is in doubt when the answer drips without end or never comes', async () => {
    for (const mood of ['drip', 'hang'] as const) {
      const stop = new AbortController();
      bench.server.misbehave(mood);
      const asked = bench.server.asked(/sendMessage/);
      const running = telegram.publish(someSending(), settings(), { ...tools(), signal: stop.signal });
      await asked;
      stop.abort(new Error('too late'));
      expect((await running).kind).toBe('ambiguous');
    }
  });

  it('is sure that nothing went when nobody listens', async () => {
    const { url } = bench.server;
    await bench.server.close();
    const result = await telegram.publish(someSending(), settings({ apiRoot: url }), tools());
    expect(result.kind).toBe('notSent');
    bench.server = await startTelegram({ token, now: bench.clock.now });
  });

  it('never tells the token', async () => {
    const told: unknown[] = [];
    const echo = `Unauthorized: https://api.telegram.org/bot${token}/sendMessage, ${encodeURIComponent(token)}, ${secret}`;
    for (const mood of [telegramRefusal(401, echo), telegramRefusal(400, echo), telegramRefusal(500, echo)]) {
      bench.server.misbehave(mood);
      told.push((await publish()).result);
    }
    const wrong = settings({ apiRoot: 'http://127.0.0.1:1' });
    told.push(await telegram.publish(someSending(), wrong, tools()));
    told.push(await telegram.publish(someSending(), settings({ apiRoot: 'http://10.0.0.1' }), tools()));
    told.push(await telegram.check(wrong, tools()).catch((error) => [error.message, error.stack, String(error.cause)]));
    expect(JSON.stringify([told, bench.log.lines])).not.toMatch(new RegExp(secret));
  });
});
