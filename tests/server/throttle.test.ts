import { describe, expect, test } from 'vitest';
import { createThrottle } from '#src/server/throttle.ts';
import { recordingLog } from '#tests/fakes/log.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';
import { startServer } from '#tests/server/server-bench.ts';

function make() {
  const clock = manualClock();
  const log = recordingLog();
  const throttle = createThrottle({ clock, log });
  const guess = (address: string, times: number) => {
    let taken = 0;
    for (let i = 0; i < times; i++) {
      if (throttle.wait(address) > 0) continue;
      throttle.countWrong(address);
      taken++;
    }
    return taken;
  };
  return { clock, log, throttle, guess };
}

describe('wrong links', () => {
  test('are looked at twenty times a minute from one address, and nobody else waits for it', () => {
    const { clock, log, throttle, guess } = make();
    expect(guess('203.0.113.9', 100)).toBe(20);
    clock.advance(20_500);
    expect(throttle.wait('203.0.113.9')).toBe(40);
    expect(throttle.wait('203.0.113.10')).toBe(0);
    clock.advance(39_500);
    expect(guess('203.0.113.9', 100)).toBe(20);
    expect(log.lines).toHaveLength(2);
  });

  test('from many addresses at once leave each of them a few', () => {
    const { log, throttle, guess } = make();
    for (let i = 0; i < 5000; i++) guess(`10.0.${i >> 8}.${i & 255}`, 1);
    expect(throttle.wait('10.0.0.1')).toBe(0);
    expect(guess('10.0.0.1', 100)).toBe(2);
    // Beyond the addresses that are counted, nobody new is let in until the minute is over.
    expect(guess('192.0.2.1', 100)).toBe(0);
    expect(log.lines).toHaveLength(1);
  });

  test('count for the whole network of an IPv6 client', () => {
    const { throttle, guess } = make();
    expect(guess('2001:db8:1:2:a::1', 100)).toBe(20);
    expect(throttle.wait('2001:db8:1:2::7')).toBeGreaterThan(0);
    expect(throttle.wait('2001:0db8:0001:0002:1:2:3:4')).toBeGreaterThan(0);
    expect(throttle.wait('2001:db8:1:3::7')).toBe(0);
    expect(guess('::ffff:203.0.113.9', 100)).toBe(20);
    expect(throttle.wait('::ffff:203.0.113.8')).toBe(0);
  });
});

test('a guesser is told to wait; the printed link works all the same, and guesses fill no log', async () => {
  const settings = { network: { allow: [], trustedProxies: ['127.0.0.1'] } };
  const bench = await startServer({ settings });
  try {
    const { get, post, signInPath, logged } = bench;
    const path = await signInPath();
    const guess = (from: string) =>
      get(`/console/sign-in?token=${'b'.repeat(43)}`, { 'x-forwarded-for': `6.6.6.6, ${from}` });
    for (let i = 0; i < 20; i++) expect((await guess('203.0.113.9')).status).toBe(400);
    const { status, headers, text } = await guess('203.0.113.9');
    expect([status, headers['retry-after']]).toEqual([429, '60']);
    expect(text).toContain('Try again in 60 seconds');
    const form = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };
    expect((await post('/console/sign-in', 'link=x', { ...form, 'x-forwarded-for': '203.0.113.9' })).status).toBe(429);
    expect((await guess('203.0.113.10')).status).toBe(400);
    expect((await get(path, { 'x-forwarded-for': '203.0.113.9' })).status).toBe(303);
    expect((await get(path, { 'x-forwarded-for': '203.0.113.9' })).status).toBe(429);
    expect(logged.filter((line) => line.includes('sign-in'))).toHaveLength(1);
    expect(logged.join()).not.toContain('bbb');
    expect(logged.join()).toContain('203.0.113.9');
  } finally {
    await bench.close();
  }
});
