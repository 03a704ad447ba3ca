import { describe, expect, test } from 'vitest';
import { lines, minimal, read } from '#tests/fakes/settings.ts';

const queueOf = (text: string) => read(`${minimal}queue: ${text}\n`).settings.queue;
const mistakesOf = (text: string) => lines(`${minimal}queue: ${text}\n`);
const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';

describe('the queue', () => {
  test('is beside the ledger unless something else is written', () => {
    expect(read(minimal).settings.queue).toEqual({ kind: 'database' });
    expect(queueOf('database')).toEqual({ kind: 'database' });
  });

  test('may be one Redis, with user, password, port and database', () => {
    expect(queueOf('redis://cache')).toEqual({
      kind: 'redis',
      server: { host: 'cache', port: 6379, path: null, db: 0, username: null, password: null },
      tls: false,
      prefix: 'loa',
      ca: null,
    });
    expect(queueOf('"rediss://tòa:m%40t%20kh%E1%BA%A9u@[fd00::7]:7000/3"')).toMatchObject({
      server: { host: 'fd00::7', port: 7000, db: 3, username: 'tòa', password: 'm@t khẩu' },
      tls: true,
    });
    expect(queueOf('unix:///run/redis/redis.sock')).toMatchObject({ server: { path: '/run/redis/redis.sock' } });
  });

  test('may be a cluster or what sentinels name, with a prefix and a certificate of its own', () => {
    expect(queueOf('{ cluster: ["redis://a:7000", "redis://b:7001"], prefix: toa-soan }')).toMatchObject({
      kind: 'cluster',
      servers: [
        { host: 'a', port: 7000 },
        { host: 'b', port: 7001 },
      ],
      prefix: 'toa-soan',
    });
    const sentinels = `{ sentinels: ["rediss://:s@s1", "rediss://s2:7"], name: main, password: "\${env:PW}", ca: "\${env:CA}" }`;
    const { queue } = read(`${minimal}queue: ${sentinels}\n`, { env: { PW: 'mật khẩu', CA: pem } }).settings;
    expect(queue).toMatchObject({ kind: 'sentinels', name: 'main', password: 'mật khẩu', tls: true, ca: pem });
    expect(queue).toMatchObject({ sentinels: [{ port: 26_379, password: 's' }, { port: 7 }] });
  });

  test.each([
    ['rabbit', '8:8: `queue` must be `database` or an address such as `redis://127.0.0.1:6379`'],
    [
      '"redis://:bí#mật@cache"',
      '8:8: `queue` is not an address; a password with `/ @ # ? %` in it must be percent-encoded',
    ],
    ['redis://cache?db=1', '8:8: `queue` must end before any `?` or `#`; in a password they are written %3F and %23'],
    ['"redis://:p%zz@cache"', '8:8: `queue` holds a `%` that encodes nothing; in a password it is written %25'],
    ['redis://cache/jobs', '8:8: `queue` must end with the number of the database, such as `/0`, or without one'],
    ['redis:///0', '8:8: `queue` must name a host'],
    ['unix:run.sock', '8:8: `queue` must be a socket such as `unix:///run/redis/redis.sock`'],
    ['{ cluster: ["redis://a/2"] }', '8:19: `queue.cluster` must not name a database: there is only 0'],
    ['{ cluster: ["redis://a", "rediss://b"] }', '8:19: `queue.cluster` must not mix redis:// and rediss://'],
    ['{ sentinels: ["redis://a"] }', '8:8: `queue` must hold `name`: what the sentinels call the set of servers'],
    ['{ prefix: x }', '8:8: `queue` must hold one of `url`, `cluster` and `sentinels`'],
    ['{ url: "redis://a", clustr: [] }', '8:28: unknown key `clustr`: did you mean `cluster`?'],
  ])('%s is told what is wrong with it, and never repeated', (text, line) => {
    const told = mistakesOf(text);
    expect(told).toEqual([`config/loa.yaml:${line}`]);
    expect(told.join()).not.toContain('mật');
  });

  test('a password that crosses a network in the clear is a warning', () => {
    const warned = (text: string, more = '') =>
      read(`${minimal}queue: ${text}\n${more}`).warnings.map((one) => one.message);
    const told = ["Redis' password and the jobs are sent in the clear"];
    expect(warned('redis://:pw@10.0.0.7')).toEqual(told);
    expect(warned('redis://10.0.0.7')).toEqual([]);
    expect(warned('rediss://:pw@10.0.0.7')).toEqual([]);
    expect(warned('redis://:pw@127.0.0.1')).toEqual([]);
    expect(warned('redis://:pw@10.0.0.7', 'network: { allow: [10.0.0.0/8] }\n')).toEqual([]);
  });
});
