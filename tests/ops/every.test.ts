import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { every } from '#src/ops/every.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

test('work that takes long is not begun again beside itself; after it, and after a failure, it is', async () => {
  const begun: PromiseWithResolvers<void>[] = [];
  const failures: unknown[] = [];
  const work = () => {
    begun.push(Promise.withResolvers());
    return begun.at(-1)!.promise;
  };
  const end = every(1000, work, (error) => failures.push(error));
  vi.advanceTimersByTime(3000);
  expect(begun).toHaveLength(1);
  begun[0]!.reject('away');
  await turn();
  expect(failures).toEqual(['away']);
  vi.advanceTimersByTime(1000);
  expect(begun).toHaveLength(2);
  begun[1]!.resolve();
  await turn();
  end();
  vi.advanceTimersByTime(3000);
  expect(begun).toHaveLength(2);
});
