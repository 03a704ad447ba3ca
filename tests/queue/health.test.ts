import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createHealth } from '#src/queue/health.ts';
import { recordingAlerts } from '#tests/fakes/alerts.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';

function bench() {
  const clock = manualClock();
  const alerts = recordingAlerts();
  const server = {
    works: false,
    async answer() {
      if (!server.works) throw new Error('refused');
    },
  };
  const back: number[] = [];
  const health = createHealth({
    cause: 'queue',
    explain: (error) =>
      (error as Error).message === 'refused' ? { isAway: true, message: 'it is away', next: 'Start it.' } : null,
    ping: () => server.answer(),
    alerts,
    clock,
  });
  health.onBack(() => back.push(clock.now()));
  const second = async () => {
    clock.advance(1000);
    for (let turns = 0; turns < 5; turns++) await turn();
  };
  return { alerts, server, back, health, second };
}

test('one alert stands from the first complaint until the server has worked for three seconds', async () => {
  const { alerts, server, back, health, second } = bench();
  for (let queue = 0; queue < 20; queue++) expect(health.note(new Error('refused'))).toBe(true);
  expect(health.isAway()).toBe(true);
  expect(alerts.raised).toBe(1);
  await second();
  server.works = true;
  await second();
  await second();
  expect(alerts.story).toEqual(['raise queue']);
  await second();
  expect(alerts.story).toEqual(['raise queue', 'resolve queue']);
  expect(health.isAway()).toBe(false);
  expect(back).toHaveLength(1);
});

test('a connection that is back within a second is no alert, but whoever looks after schedules is told', async () => {
  const { alerts, server, back, health, second } = bench();
  server.works = true;
  health.lost();
  await second();
  expect([alerts.story, back.length]).toEqual([[], 1]);
});

test('a connection that stays away is an alert without anybody complaining', async () => {
  const { alerts, health, second } = bench();
  health.lost();
  await second();
  expect(alerts.standing.get('queue')).toBe('it is away');
});

test('what is no trouble of the server is left to others', () => {
  const { alerts, health } = bench();
  expect(health.note(new Error('Missing lock for job 7'))).toBe(false);
  expect(alerts.story).toEqual([]);
});

test('nothing is told once it is closed', async () => {
  const { alerts, server, back, health, second } = bench();
  health.lost();
  health.close();
  server.works = true;
  await second();
  expect(health.note(new Error('refused'))).toBe(true);
  expect([alerts.story, back]).toEqual([[], []]);
});

test('a look that its closing cuts off neither opens nor ends an alert', async () => {
  const { alerts, server, back, health, second } = bench();
  health.note(new Error('refused'));
  const cut = Promise.withResolvers<void>();
  server.answer = () => cut.promise;
  await second();
  health.close();
  cut.reject(new Error('refused'));
  await second();
  expect([alerts.story, alerts.raised, back]).toEqual([['raise queue'], 1, []]);
});
