import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLog, type LogOptions } from '#src/ops/log.ts';

function collect(options: Partial<LogOptions> = {}) {
  const lines: string[] = [];
  const log = createLog({
    level: 'debug',
    destination: { write: (line) => void lines.push(line) },
    human: false,
    timezone: 'UTC',
    ...options,
  });
  return { log, lines, text: () => lines.join('') };
}

const canary = 'CaNaRy-9f2e77b1';

test.each([true, false])(
  'what is meant for whoever reads the log is shown, and only by `show` (human: %s)',
  (human) => {
    const { log, text } = collect({ human });
    const line = `console   http://127.0.0.1:8080/console/sign-in?token=${canary}`;
    log.info(line, { link: line });
    expect(text()).toContain('token=***');
    expect(text()).not.toContain(canary);
    log.show(line);
    expect(text()).toContain(line);
  },
);

describe('secrets', () => {
  test.each([
    ['user and password in an address', `postgres://loa:${canary}@db.example/loa`],
    ['a password with a colon', `https://x:${canary}:y@db.example/`],
    ['a password with an @', `postgres://loa:x@${canary}@db.example/loa`],
    ['a password without a user', `rediss://:${canary}@redis.example:6380/2`],
    ['a password in a connection string', `connection failed: host=db user=loa password=${canary} dbname=loa`],
    ['a quoted password', `host=db password='${canary}'`],
    ['a token in JSON', `{"access_token":"${canary}","scope":"write"}`],
    ['a setting', `accessToken: ${canary}`],
    ['a session', `cookie loa-session-8080=${canary}; theme=dark`],
    ['a sign-in link', `http://127.0.0.1:8080/console/sign-in?token=${canary}`],
    ['a token in a query', `https://api.example/send?chat=1&access_token=${canary}&n=2`],
    ['a key in a query', `https://api.example/?apiKey=${canary}`],
    ['a signed address', `https://s3.example/a.jpg?X-Amz-Signature=${canary}`],
    ['a webhook secret', `secret whsec_${canary} is wrong`],
    ['a bearer token', `authorization: Bearer ${canary}`],
    ['a bot’s token', `authorization Bot ${canary}7.`],
    ['a name and password', `refused: Basic ${canary}X=`],
    ['a header in JSON', `{"Authorization":"Bearer ${canary}"}`],
    ["a bot's path", `https://api.telegram.org/bot123456:${canary}/sendPhoto`],
    ['a Discord webhook', `https://discord.com/api/webhooks/1234567/${canary}`],
    ['a Slack webhook', `https://hooks.slack.com/services/T0/B0/${canary}`],
    ['a subscriber’s callback', `https://tin.example/websub/portal/${canary}`],
  ])('%s is masked in messages, fields, errors and their causes', (_, text) => {
    for (const human of [false, true]) {
      const { log, text: written } = collect({ human });
      log.info(`asked ${text}`);
      log.warn('failed', { address: text, list: [text], deep: { inner: { url: text } } });
      log.error('failed', { error: new Error(`no: ${text}`, { cause: new Error(text) }) });
      log.error('failed', { error: new AggregateError([new Error(text)], text, { cause: { why: text } }) });
      log.error('failed', { error: Object.assign(new Error('x'), { config: { url: text }, input: text }) });
      log.debug('address', { url: URL.parse(text) ?? text });
      expect(written()).not.toContain(canary);
      expect(written()).toContain('***');
    }
  });

  test.each(['token', 'accessToken', 'password', 'clientSecret', 'apiKey', 'Authorization', 'cookie'])(
    'a field called %s shows nothing of its value',
    (name) => {
      const { log, text } = collect();
      log.info('settings', { [name]: canary, settings: { [name]: [canary] } });
      expect(text()).not.toContain(canary);
    },
  );

  test('what is no secret stays readable', () => {
    const { log, text } = collect();
    log.info('read https://bao.example/tin?id=7&page=2', { articleId: 'a1b2c3d4e5', count: 3, hasToken: true });
    expect(JSON.parse(text())).toMatchObject({
      level: 'info',
      msg: 'read https://bao.example/tin?id=7&page=2',
      articleId: 'a1b2c3d4e5',
      count: 3,
      hasToken: true,
    });
    const words = 'the bot cannot post there: basic full-time education. Bot Telegram: basic repairs.';
    log.warn(words);
    expect(text()).toContain(words);
  });
});

describe('one entry, one line', () => {
  test('a headline cannot forge an entry or steer a terminal', () => {
    for (const human of [false, true]) {
      const { log, lines } = collect({ human });
      log.info('new article "Tin\n2026-01-01 ERROR: tất cả đã mất\r\u2028\u001b[2J\u202Egnorw"', {
        title: 'a\nb\u0000c',
      });
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(/^[^\p{Cc}\u2028\u202E]+\n$/u);
    }
  });

  test('a text without end is cut, and no secret in two', () => {
    const { log, text } = collect();
    for (const length of [4970, 4980, 4990])
      log.info(`${'tin '.repeat(length / 4)}postgres://loa:${canary}@db/ x`.repeat(9));
    log.info('?key'.repeat(100_000), { title: 'a.'.repeat(100_000) });
    expect(text()).not.toContain(canary.slice(0, 6));
    for (const line of text().trimEnd().split('\n')) expect(line.length).toBeLessThan(5200);
  });

  test('whatever the fields hold, the line is written and is JSON', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    fc.assert(
      fc.property(fc.string(), fc.dictionary(fc.string(), fc.anything()), (message, fields) => {
        const { log, lines } = collect();
        log.info(message, { ...fields, circle, when: new Date(Number.NaN), bytes: new Uint8Array(9), big: 1n });
        expect(lines).toHaveLength(1);
        expect(() => JSON.parse(lines[0]!)).not.toThrow();
      }),
      { numRuns: 200 },
    );
  });
});

describe('for people', () => {
  test('a line is the time, the sentence, and those fields that it does not say already', () => {
    const { log, lines } = collect({ human: true });
    log.info('new article "Cầu Rạch Ông thông xe": 3 feeds, 4 photos', { articleId: 'k3v9' });
    log.warn('no answer: ECONNREFUSED', { error: new Error('ECONNREFUSED') });
    log.warn('the source is slow', { source: 'portal', note: 'twice in a row', none: null });
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d new article "Cầu Rạch Ông thông xe": 3 feeds, 4 photos\n$/);
    expect(lines[1]).toMatch(/ warning: no answer: ECONNREFUSED\n$/);
    expect(lines[2]).toMatch(/ warning: the source is slow {2}source=portal {2}note="twice in a row"\n$/);
  });

  test('the time is that of the newsroom', () => {
    const hour = (timezone: string) => {
      const { log, lines } = collect({ human: true, timezone });
      log.info('x');
      return Number(lines[0]!.slice(0, 2));
    };
    expect((hour('Asia/Ho_Chi_Minh') - hour('UTC') + 24) % 24).toBe(7);
  });

  test('below the level nothing is written', () => {
    const { log, lines } = collect({ level: 'warn' });
    log.debug('x');
    log.info('x');
    log.error('x');
    expect(lines).toHaveLength(1);
  });
});
