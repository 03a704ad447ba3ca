import { describe, expect, test } from 'vitest';
import { explainRedis } from '#src/queue/redis-trouble.ts';

const place = 'Redis at cache:6379';
const coded = (code: string, message = `connect ${code} 10.0.0.7:6379`) => Object.assign(new Error(message), { code });

describe('trouble with Redis', () => {
  test.each([
    [new Error("OOM command not allowed when used memory > 'maxmemory'. script: 8b3"), 'is full', false],
    [new Error("READONLY You can't write against a read only replica."), 'is a read-only replica', false],
    [new Error('MISCONF Redis is configured to save RDB snapshots, but …'), 'cannot save to its disk', false],
    [new Error('LOADING Redis is loading the dataset in memory'), 'is starting', true],
    [new Error('NOAUTH Authentication required.'), 'wants a password', true],
    [new Error('WRONGPASS invalid username-password pair or user is disabled.'), 'or the password', true],
    [new Error("NOPERM this user has no permissions to run the 'evalsha' command"), 'does not let this user', false],
    [new Error('CLUSTERDOWN The cluster is down'), 'the cluster is not complete', true],
    [
      new Error('Too many Cluster redirections. Last error: ReplyError: MOVED 2457'),
      'the cluster is not complete',
      true,
    ],
    [new Error("Stream isn't writeable and enableOfflineQueue options is false"), 'does not answer', true],
    [new Error('Command timed out'), 'does not answer', true],
    [new Error('Connection is closed.'), 'does not answer', true],
    [new Error('All sentinels are unreachable. Retrying from scratch after 50ms.'), 'no sentinel answers', true],
    [coded('ECONNREFUSED'), 'nothing listens there', true],
    [coded('ENOTFOUND', 'getaddrinfo ENOTFOUND cache'), 'there is no such host', true],
    [coded('DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate'), 'cannot be trusted', true],
    [coded('EPROTO', 'write EPROTO SSL routines:wrong version number'), 'does not speak TLS there', true],
  ])('%s', (error, what, isAway) => {
    const trouble = explainRedis(error, place);
    expect(trouble?.message).toContain(`The queue (${place}) `);
    expect(trouble?.message).toContain(what);
    expect(trouble?.isAway).toBe(isAway);
    expect(trouble?.next).not.toBe('');
  });

  test('the cause says more than what it led to', () => {
    const error = new Error("Stream isn't writeable and enableOfflineQueue options is false", {
      cause: coded('ECONNREFUSED'),
    });
    expect(explainRedis(error, place)?.message).toContain('nothing listens there');
  });

  test.each([
    new Error('no job of kind x'),
    new Error('Missing lock for job 7. moveToFinished'),
    'text',
    null,
    undefined,
  ])('%s is no trouble of the server', (error) => expect(explainRedis(error, place)).toBeNull());
});
