import { expect, test } from 'vitest';
import { checkFacts } from '#src/queue/redis-facts.ts';
import { recordingLog } from '#tests/fakes/log.ts';

const told = (info: string) => {
  const log = recordingLog();
  checkFacts(info.replaceAll('\n', '\r\n'), 'Redis at cache:6379', log);
  return log.lines.map(({ message }) => message);
};

test('a Redis or Valkey that does is taken without a word', () => {
  expect(told('# Server\nredis_version:7.0.15\nmaxmemory_policy:noeviction\n')).toEqual([]);
  expect(told('redis_version:7.2.4\nvalkey_version:8.1.0\nmaxmemory_policy:noeviction\n')).toEqual([]);
  expect(told('redis_version:6.2.0\n')).toEqual([]);
});

test('one that is too old is refused', () => {
  expect(() => told('redis_version:6.0.16\n')).toThrow(
    'The queue (Redis at cache:6379) is Redis 6.0.16, which is too old.',
  );
});

test('one that would throw jobs away is warned of, with the command that mends it', () => {
  const [message] = told('redis_version:7.0.15\nmaxmemory_policy:allkeys-lru\n');
  expect(message).toContain('maxmemory-policy allkeys-lru');
  expect(message).toContain('redis-cli CONFIG SET maxmemory-policy noeviction');
});
