import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HttpFailure } from '#src/core/errors.ts';
import { adoptByHand, cancelByHand, retryByHand } from '#src/delivery/by-hand.ts';
import { deliverPost } from '#src/delivery/deliver.ts';
import { reconcilePost } from '#src/delivery/reconcile.ts';
import { doomedWorker } from '#tests/fakes/crash.ts';
import { channelSettings, type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { type FakeChannel, fakeChannel, fakeChannelWithUploads } from '#tests/fakes/fake-channel.ts';

let bench: DeliveryBench;
let runs = 0;

beforeAll(async () => {
  bench = await openDeliveryBench();
});
afterEach(() => bench.clear());
afterAll(() => bench.close());

/** A fresh channel of its own for each test. */
function open(channel: FakeChannel, change: Parameters<typeof channelSettings>[1] = {}): string {
  const id = `channel-${++runs}`;
  bench.add(channel, channelSettings(id, change));
  return id;
}

const pace = channelSettings('any').pace;
const hour = 3_600_000;
const unknown = new HttpFailure('reset', 'the connection broke', { sent: true });

describe('a post', () => {
  it('is sent once, with its headline, link and hashtags', async () => {
    const channel = fakeChannel('A');
    const id = open(channel);
    const article = await bench.publish();
    await bench.settle();
    await bench.sweep();
    expect(channel.record).toHaveLength(1);
    expect(channel.record[0]!.text).toContain('Cầu mới bắc qua sông Kỳ Vỹ');
    expect(channel.record[0]!.text).toContain('https://bao.example/cau-moi\n#GiaoThông #ĐôThị');
    expect(await bench.row(article.id, id)).toMatchObject({
      state: 'sent',
      reason: null,
      remote: { id: expect.stringMatching(/id-/) },
    });
  });

  it('is sent once when two workers take its row at the same time', async () => {
    const channel = fakeChannel('D');
    const id = open(channel);
    const article = await bench.publish();
    const row = await bench.row(article.id, id);
    await Promise.all([1, 2, 3, 4].map(() => deliverPost(row.id, bench.deps)));
    expect(channel.record).toHaveLength(1);
  });

  it('says the same at a second try, even when the article changed', async () => {
    const channel = fakeChannel('A');
    open(channel);
    channel.plan.push({ taken: false, result: { kind: 'notSent', reason: 'busy' } });
    const article = await bench.publish({ headline: 'Bản đầu của tin này' });
    await bench.sweep();
    await bench.revise(article.id, 'Bản hai của tin này');
    await bench.settle();
    expect(channel.record.map(({ op }) => op)).toEqual(['create', 'edit']);
    expect(channel.record[0]!.text).toContain('Bản đầu');
    expect(channel.visible).toMatchObject([{ text: expect.stringContaining('Bản hai') }]);
  });

  it('carries the newest revision when it waited, and then needs no edit', async () => {
    const channel = fakeChannel('A');
    open(channel, { pace: { ...pace, settle: 120_000 } });
    const article = await bench.publish();
    await bench.revise(article.id, 'Bản hai của tin này');
    await bench.settle();
    expect(channel.record.map(({ op }) => op)).toEqual(['create']);
    expect(channel.record[0]!.text).toContain('Bản hai');
  });

  it('uploads once, however often it is sent', async () => {
    const channel = fakeChannelWithUploads('A');
    open(channel);
    channel.plan.push({ taken: true, result: unknown }, { taken: false, result: { kind: 'notSent', reason: 'busy' } });
    await bench.publish();
    await bench.settle();
    expect(channel.uploads).toBe(1);
    expect(channel.visible).toHaveLength(1);
  });
});

describe('an unknown outcome', () => {
  it('is parked where a repeat could show it twice, with what to do', async () => {
    const channel = fakeChannel('D');
    const id = open(channel);
    channel.plan.push({ taken: true, result: unknown });
    const article = await bench.publish();
    await bench.settle();
    const row = await bench.row(article.id, id);
    expect(row).toMatchObject({ state: 'parked', reason: expect.stringContaining('adopt') });
    expect(channel.record).toHaveLength(1);
    expect((await bench.ledger.alerts.open()).map(({ cause }) => cause)).toContain(`delivery:${row.id}:parked`);
  });

  it('is repeated where the operator wants that', async () => {
    const channel = fakeChannel('D');
    open(channel, { onUnknown: 'resend' });
    channel.plan.push({ taken: false, result: unknown });
    await bench.publish();
    await bench.settle();
    expect(channel.record).toHaveLength(1);
  });

  it('is repeated with its key, but not once the service may have forgotten it', async () => {
    const channel = fakeChannel('A', { keepsKeys: 50 * 60_000 });
    const id = open(channel);
    channel.plan.push({
      taken: true,
      result: { kind: 'ambiguous', reason: 'broke', retryAt: bench.clock.now() + hour },
    });
    const article = await bench.publish();
    await bench.settle(80);
    expect(channel.record).toHaveLength(1);
    expect(await bench.row(article.id, id)).toMatchObject({ state: 'parked', reason: expect.stringContaining('ago') });
  });

  it('goes on after a withdrawal until it is known what there is to take back', async () => {
    const channel = fakeChannel('A');
    open(channel);
    channel.plan.push({ taken: true, result: unknown });
    const article = await bench.publish();
    await bench.sweep();
    expect(channel.visible).toHaveLength(1);
    await bench.withdraw(article.id);
    await bench.settle();
    expect(channel.visible).toHaveLength(0);
    expect((await bench.rows(article.id)).map(({ state }) => state)).toEqual(['sent', 'sent']);
  });

  it('is what a service that never answers leaves, after one deadline', async () => {
    const channel = fakeChannel('D');
    const id = open(channel);
    channel.plan.push({ taken: true, result: 'hang' });
    const published = new Promise<void>((resolve) => {
      const { publish } = channel;
      channel.publish = (...call) => {
        resolve();
        return publish(...call);
      };
    });
    const article = await bench.publish();
    const running = bench.sweep();
    await published;
    bench.clock.advance(20_000);
    await running;
    expect(await bench.row(article.id, id)).toMatchObject({
      state: 'parked',
      reason: expect.stringMatching(/no answer within 20 s/),
    });
  });
});

describe('a worker that was frozen', () => {
  it('cannot record its late answer over what was settled meanwhile', async () => {
    const channel = fakeChannel('A');
    const id = open(channel);
    const article = await bench.publish();
    const row = await bench.row(article.id, id);
    const frozen = doomedWorker(bench.deps, 'record');
    await Promise.race([deliverPost(row.id, frozen.deps), frozen.died]);
    bench.clock.advance(120_000);
    await bench.settle();
    const settled = await bench.row(article.id, id);
    const late = { state: 'dead' as const, reason: 'late', now: bench.clock.now(), result: 'permanent' };
    expect(await bench.ledger.deliveries.record(row.id, 1, late)).toBe(false);
    expect(await bench.row(article.id, id)).toEqual(settled);
    expect(channel.visible).toHaveLength(1);
  });

  it.each(['A', 'D'] as const)(
    'shows nothing twice when it wakes and its answer comes late (class %s)',
    async (guarantee) => {
      const channel = fakeChannel(guarantee);
      const id = open(channel);
      const article = await bench.publish();
      const row = await bench.row(article.id, id);
      const { publish } = channel;
      let wake = () => {};
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const sleeping = new Promise<void>((resolve) => {
        channel.publish = async (...call) => {
          const result = await publish(...call);
          resolve();
          channel.publish = publish;
          await woken;
          return result;
        };
      });
      // A stopped process has no timers either.
      const clock = { ...bench.clock, sleep: () => new Promise<void>(() => {}) };
      const frozen = deliverPost(row.id, { ...bench.deps, clock });
      await sleeping;
      bench.clock.advance(120_000);
      await bench.settle();
      wake();
      await frozen;
      expect(channel.visible).toHaveLength(1);
      expect((await bench.row(article.id, id)).state).toBe(guarantee === 'A' ? 'sent' : 'parked');
    },
  );

  it('does not send when the lease ran out before the gate', async () => {
    const channel = fakeChannel('D');
    const id = open(channel);
    const article = await bench.publish();
    const { freezePost } = bench.ledger.deliveries;
    const slow = {
      ...bench.ledger.deliveries,
      freezePost(...call: Parameters<typeof freezePost>) {
        bench.clock.advance(30_000);
        return freezePost(...call);
      },
    };
    const deps = { ...bench.deps, ledger: { ...bench.deps.ledger, deliveries: slow } };
    await deliverPost((await bench.row(article.id, id)).id, deps);
    expect(channel.record).toHaveLength(0);
    expect(await bench.row(article.id, id)).toMatchObject({
      state: 'waiting',
      reason: expect.stringMatching(/longer than the claim/),
    });
    await bench.settle();
    expect(channel.record).toHaveLength(1);
  });

  it('is left alone while its lease runs', async () => {
    const channel = fakeChannel('A');
    const id = open(channel);
    const article = await bench.publish();
    const row = await bench.row(article.id, id);
    const frozen = doomedWorker(bench.deps, 'publish');
    await Promise.race([deliverPost(row.id, frozen.deps), frozen.died]);
    await reconcilePost(row.id, bench.deps);
    expect(await bench.row(article.id, id)).toMatchObject({ state: 'sending', fence: 1 });
    await bench.settle();
  });
});

describe('a refusal', () => {
  it('of the post ends the row, without the token in its reason', async () => {
    const channel = fakeChannel('A');
    const id = open(channel);
    const reason = 'bad request to /bot/canary-token-1234/send';
    channel.plan.push({ taken: false, result: { kind: 'permanent', scope: 'item', reason } });
    const article = await bench.publish();
    await bench.settle();
    const row = await bench.row(article.id, id);
    expect(row).toMatchObject({ state: 'dead', reason: 'bad request to /bot/***/send' });
    const told = JSON.stringify([await bench.ledger.alerts.open(), await bench.ledger.deliveries.attempts(row.id)]);
    expect(told).not.toContain('canary-token-1234');
  });

  it('of the account pauses the channel; the post goes out once it is resumed', async () => {
    const channel = fakeChannel('A');
    const id = open(channel);
    channel.plan.push({ taken: false, result: { kind: 'permanent', scope: 'channel', reason: 'token revoked' } });
    const article = await bench.publish();
    await bench.settle(5);
    expect(await bench.ledger.channels.state(id, 0)).toMatchObject({ paused: true, pausedReason: 'token revoked' });
    expect(await bench.row(article.id, id)).toMatchObject({ reason: 'the channel is paused: token revoked' });
    await bench.ledger.channels.update(id, { paused: false, pausedReason: null });
    await bench.settle();
    expect(channel.visible).toHaveLength(1);
  });

  it('for now stops the whole channel as long as the service asks', async () => {
    const channel = fakeChannel('A');
    open(channel);
    const until = bench.clock.now() + 10 * 60_000;
    channel.plan.push({ taken: false, result: { kind: 'notSent', reason: 'slow down', retryAt: until } });
    await bench.publish();
    await bench.sweep();
    await bench.publish();
    await bench.settle(9);
    expect(channel.record).toHaveLength(0);
    await bench.settle();
    expect(channel.record).toHaveLength(2);
  });

  it('five times in a row lets the channel rest', async () => {
    const channel = fakeChannel('A');
    const id = open(channel);
    for (let n = 0; n < 5; n++) channel.plan.push({ taken: false, result: { kind: 'notSent', reason: 'busy' } });
    for (let n = 0; n < 6; n++) await bench.publish();
    await bench.sweep();
    expect(await bench.ledger.channels.state(id, 0)).toMatchObject({
      failures: 5,
      openUntil: bench.clock.now() + 30_000,
    });
    expect(channel.record).toHaveLength(0);
    await bench.settle();
    expect(channel.record).toHaveLength(6);
    expect(await bench.ledger.channels.state(id, 0)).toMatchObject({ failures: 0, openUntil: null });
  });

  it('of one channel holds up no other', async () => {
    const bad = fakeChannel('A');
    const good = fakeChannel('A');
    open(bad);
    open(good);
    bad.plan.push({ taken: false, result: { kind: 'permanent', scope: 'channel', reason: 'no' } });
    await bench.publish();
    await bench.sweep();
    expect([bad.visible.length, good.visible.length]).toEqual([0, 1]);
  });
});

describe('age', () => {
  it('ends a post that waited too long, even while its channel is paused', async () => {
    const channel = fakeChannel('A');
    const id = open(channel);
    await bench.ledger.channels.state(id, bench.clock.now());
    await bench.ledger.channels.update(id, { paused: true });
    const article = await bench.publish();
    bench.clock.advance(7 * hour);
    await bench.settle();
    expect(await bench.row(article.id, id)).toMatchObject({
      state: 'expired',
      reason: expect.stringMatching(/older than 6 h/),
    });
    expect(channel.record).toHaveLength(0);
  });

  it('does not end what a person asked for', async () => {
    const channel = fakeChannel('A');
    const id = open(channel);
    const article = await bench.publish();
    bench.clock.advance(30 * hour);
    await bench.sweep();
    const row = await bench.row(article.id, id);
    expect(row.state).toBe('expired');
    channel.plan.push({ taken: false, result: { kind: 'notSent', reason: 'busy' } });
    await retryByHand(row.id, bench.deps);
    await bench.settle();
    expect(channel.visible).toHaveLength(1);
  });
});

describe('a person', () => {
  it('may let a parked post go again, or say where it stands, or end it', async () => {
    const channel = fakeChannel('D');
    const id = open(channel);
    const parked = async () => {
      channel.plan.push({ taken: false, result: unknown });
      const article = await bench.publish();
      await bench.settle();
      return (await bench.row(article.id, id)).id;
    };
    const [again, adopted, ended] = [await parked(), await parked(), await parked()];
    await retryByHand(again, bench.deps);
    await adoptByHand(adopted, 'https://fake.example/id-9', bench.deps);
    await cancelByHand(ended, bench.deps);
    await bench.settle();
    const states = await Promise.all([again, adopted, ended].map((row) => bench.ledger.deliveries.get(row)));
    expect(states.map((row) => row?.state)).toEqual(['sent', 'sent', 'cancelled']);
    expect(states[1]?.remote?.url).toBe('https://fake.example/id-9');
    expect(channel.record).toHaveLength(1);
    await expect(cancelByHand(again, bench.deps)).rejects.toThrow(/is sent: only one that is/);
    await expect(retryByHand('nowhere', bench.deps)).rejects.toThrow(/no delivery nowhere/);
  });

  it('approves what waits for that', async () => {
    const channel = fakeChannel('A');
    const id = open(channel, { approval: 'required' });
    const article = await bench.publish();
    await bench.settle(3);
    expect(channel.record).toHaveLength(0);
    await retryByHand((await bench.row(article.id, id)).id, bench.deps);
    await bench.settle();
    expect(channel.record).toHaveLength(1);
  });
});

describe('a withdrawal', () => {
  it('takes a post back', async () => {
    const channel = fakeChannel('A');
    open(channel);
    const article = await bench.publish();
    await bench.settle();
    await bench.withdraw(article.id);
    await bench.settle();
    expect(channel.record.map(({ op }) => op)).toEqual(['create', 'withdraw']);
    expect(channel.visible).toHaveLength(0);
  });

  it('keeps a post from going out', async () => {
    const channel = fakeChannel('A');
    const id = open(channel, { pace: { ...pace, settle: 120_000 } });
    const article = await bench.publish();
    await bench.withdraw(article.id);
    await bench.settle();
    expect(channel.record).toHaveLength(0);
    expect((await bench.row(article.id, id)).state).toBe('cancelled');
  });

  it('is left to a person where posts cannot be taken back', async () => {
    const channel = fakeChannel('D');
    delete channel.withdraw;
    open(channel);
    const article = await bench.publish();
    await bench.settle();
    await bench.withdraw(article.id);
    await bench.settle();
    const row = (await bench.rows(article.id)).find(({ op }) => op === 'withdraw');
    expect(row).toMatchObject({ state: 'parked', reason: expect.stringContaining('https://fake.example/') });
  });

  it('is repeated when its outcome is not known', async () => {
    const channel = fakeChannel('D');
    open(channel);
    const article = await bench.publish();
    await bench.settle();
    channel.plan.push({ taken: true, result: unknown });
    await bench.withdraw(article.id);
    await bench.settle();
    expect((await bench.rows(article.id)).map(({ state }) => state)).toEqual(['sent', 'sent']);
  });
});

describe('the pace', () => {
  it('keeps the gap between two posts', async () => {
    const channel = fakeChannel('A');
    open(channel, { pace: { ...pace, gap: 5 * 60_000 } });
    await bench.publish();
    await bench.publish();
    await bench.settle(5);
    expect(channel.record).toHaveLength(1);
    await bench.settle();
    expect(channel.record).toHaveLength(2);
  });

  it('waits for the end of the quiet hours, in the newsroom, and does not count them as age', async () => {
    const channel = fakeChannel('A');
    open(channel, { pace: { ...pace, quiet: { from: 22 * 60, to: 6 * 60 } } });
    // 23:30 in Hanoi.
    bench.clock.set(Date.UTC(2026, 11, 1, 16, 30));
    await bench.publish();
    await bench.sweep();
    bench.clock.set(Date.UTC(2026, 11, 1, 22, 59));
    await bench.sweep();
    expect(channel.record).toHaveLength(0);
    bench.clock.set(Date.UTC(2026, 11, 1, 23, 0));
    await bench.sweep();
    expect(channel.record).toHaveLength(1);
  });
});

describe('the kill switch', () => {
  it('stops everything until it is off', async () => {
    const channel = fakeChannel('A');
    open(channel);
    await bench.publish();
    let why: string | null = 'everything is stopped';
    const deps = { ...bench.deps, stopped: async () => why };
    await bench.sweep(deps);
    expect(channel.record).toHaveLength(0);
    why = null;
    bench.clock.advance(30_000);
    await bench.sweep(deps);
    expect(channel.record).toHaveLength(1);
  });
});
