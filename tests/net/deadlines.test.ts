import { expect, it } from 'vitest';
import { createDeadlines } from '#src/net/deadlines.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';
import { until } from '#tests/fakes/until.ts';

const turns = () => new Promise((resolve) => setImmediate(resolve));

it('calls those that are not met, each at its own time, with one timer for many of a length', async () => {
  const clock = manualClock();
  const deadlines = createDeadlines(clock);
  const missed: string[] = [];
  const set = (name: string, ms: number) => deadlines.set(ms, () => void missed.push(name));
  set('a', 100);
  clock.advance(60);
  const met = set('b', 100);
  set('c', 100);
  set('short', 10);
  await until(() => clock.sleepers(10) === 1);
  expect(clock.sleepers(100)).toBe(1);
  clock.advance(10);
  await turns();
  expect(missed).toEqual(['short']);
  clock.advance(30);
  await turns();
  expect(missed).toEqual(['short', 'a']);
  met();
  clock.advance(60);
  await turns();
  expect(missed).toEqual(['short', 'a', 'c']);
  set('d', 100);
  clock.advance(100);
  await turns();
  expect(missed.at(-1)).toBe('d');
});

it('calls nobody once it is closed', async () => {
  const clock = manualClock();
  const deadlines = createDeadlines(clock);
  deadlines.set(100, () => expect.unreachable());
  deadlines.close();
  expect(clock.sleepers(100)).toBe(0);
  clock.advance(200);
  await turns();
});
