import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createAlerts } from '#src/ops/alerts.ts';
import type { Alert, AlertStore } from '#src/stores/alerts.ts';
import { recordingLog } from '#tests/fakes/log.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';

function bench() {
  const clock = manualClock();
  const log = recordingLog();
  const store = ledgerStore();
  const alerts = createAlerts({ log, clock });
  const lines = () => log.lines.map(({ level, message }) => `${level} ${message}`);
  /** Lets what was begun go on until it waits for the clock. */
  const settle = async (ms = 0): Promise<void> => {
    clock.advance(ms);
    await setImmediate();
  };
  return { clock, store, alerts, lines, settle };
}

/** The ledger's alerts, and the times it was asked while it was away. */
function ledgerStore() {
  const open = new Map<string, Alert>();
  const ended: Alert[] = [];
  const state = { isAway: false, asked: 0 };
  const ask = () => {
    state.asked++;
    if (state.isAway) throw new Error('connection refused');
  };
  const store: AlertStore = {
    async raise({ cause, message, next = null, now, firstSeenAt = now, count = 1 }) {
      ask();
      const before = open.get(cause) ?? { firstSeenAt, count: 0 };
      const alert = { ...before, cause, message, next, lastSeenAt: now, count: before.count + count, resolvedAt: null };
      open.set(cause, alert);
      return alert;
    },
    async resolve(cause, now) {
      ask();
      const alert = open.get(cause);
      if (alert) ended.push({ ...alert, resolvedAt: now });
      return open.delete(cause);
    },
    async open() {
      ask();
      return [...open.values()];
    },
  };
  return { ...store, state, ended };
}

const trouble = { cause: 'source-portal', message: 'Source portal cannot be read', next: 'Open the address yourself.' };

describe('an alert', () => {
  test('is one per cause, however often it is raised, with when it began and was last seen', async () => {
    const { alerts, store, clock, settle } = bench();
    alerts.keepIn(store);
    const began = clock.now();
    for (let times = 0; times < 3; times++) {
      alerts.raise(trouble);
      await settle(1000);
    }
    alerts.raise({ cause: 'feed-latest', message: 'Feed latest could not be built' });
    expect(await alerts.open()).toMatchObject([
      { cause: 'source-portal', count: 3, firstSeenAt: began, lastSeenAt: began + 2000 },
      { cause: 'feed-latest', count: 1, next: null },
    ]);
  });

  test('is one line a minute with what to do, and one line when it is over', async () => {
    const { alerts, store, lines, settle } = bench();
    alerts.keepIn(store);
    for (let second = 0; second < 119; second++) {
      alerts.raise(trouble);
      await settle(1000);
    }
    for (let times = 0; times < 2; times++) alerts.resolve(trouble.cause);
    const line = 'warn Source portal cannot be read. Open the address yourself.';
    expect(lines()).toEqual([line, line, 'info over: Source portal cannot be read']);
  });

  test('that comes and goes all the time is told once a minute', async () => {
    const { alerts, lines, settle } = bench();
    for (let second = 0; second < 59; second++) {
      alerts.raise(trouble);
      alerts.resolve(trouble.cause);
      await settle(1000);
    }
    expect(lines()).toHaveLength(2);
  });

  test('holds no secret, neither in the log nor in the ledger', async () => {
    const { alerts, store, lines } = bench();
    alerts.keepIn(store);
    alerts.raise({ cause: 'database', message: 'postgres://loa:canary-1@db/loa is away', next: 'Bearer canary-22222' });
    expect(JSON.stringify([await alerts.open(), lines()])).not.toContain('canary');
  });

  test('of an earlier start is over when whoever raised it does well again', async () => {
    const { alerts, store, lines, settle } = bench();
    await store.raise({ ...trouble, now: 1 });
    alerts.keepIn(store);
    await settle();
    alerts.resolve(trouble.cause);
    await settle();
    expect(await alerts.open()).toEqual([]);
    expect(lines()).toEqual(['info over: Source portal cannot be read']);
  });

  test('that was never raised is not looked for in the ledger with every piece of work', async () => {
    const { alerts, store, settle } = bench();
    alerts.keepIn(store);
    await settle();
    const before = store.state.asked;
    for (let times = 0; times < 50; times++) {
      alerts.resolve('queue');
      await settle(1000);
    }
    expect(store.state.asked - before).toBe(1);
  });
});

describe('while the ledger is away', () => {
  test('alerts are kept in memory, told in the log, and written once it answers, with their count', async () => {
    const { alerts, store, clock, lines, settle } = bench();
    alerts.keepIn(store);
    store.state.isAway = true;
    const began = clock.now();
    for (let second = 0; second < 30; second++) {
      alerts.raise({ cause: 'database', message: 'The database is away' });
      await settle(1000);
    }
    expect(lines()).toEqual(['warn The database is away']);
    expect(await alerts.open()).toMatchObject([{ cause: 'database', count: 30, firstSeenAt: began }]);
    expect(store.state.asked).toBeLessThan(12);

    store.state.isAway = false;
    alerts.resolve('database');
    await settle(5000);
    expect(await alerts.open()).toEqual([]);
    expect(store.ended).toMatchObject([
      { cause: 'database', count: 30, firstSeenAt: began, lastSeenAt: began + 29_000 },
    ]);
  });

  test('nothing that raises one waits or fails, and no number of causes fills the memory', async () => {
    const { alerts, store } = bench();
    store.state.isAway = true;
    alerts.keepIn(store);
    for (let number = 0; number < 3000; number++) alerts.raise({ cause: `reading-${number}`, message: 'left out' });
    expect((await alerts.open()).length).toBe(1000);
  });

  test('what was raised before the ledger was open goes there too', async () => {
    const { alerts, store, settle } = bench();
    alerts.raise(trouble);
    alerts.keepIn(store);
    await settle();
    expect(await store.open()).toMatchObject([{ cause: 'source-portal', count: 1 }]);
  });

  test('a ledger that does not answer at all is not waited for', async () => {
    const { alerts, store, clock, settle } = bench();
    alerts.keepIn({ ...store, open: () => new Promise(() => {}) });
    alerts.raise(trouble);
    const open = alerts.open();
    await settle();
    clock.advance(2000);
    expect(await open).toMatchObject([{ cause: 'source-portal' }]);
  });
});

test('what is not written yet is written at the end', async () => {
  const { alerts, store, settle } = bench();
  alerts.keepIn(store);
  alerts.raise(trouble);
  await settle();
  alerts.raise({ ...trouble, message: 'Source portal is still away' });
  await alerts.close();
  expect(await store.open()).toMatchObject([{ message: 'Source portal is still away', count: 2 }]);
});
