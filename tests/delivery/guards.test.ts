import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { stopSentence } from '#src/core/stop.ts';
import { retryByHand } from '#src/delivery/by-hand.ts';
import { deliverPost } from '#src/delivery/deliver.ts';
import { channelSettings, type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { fakeChannel } from '#tests/fakes/fake-channel.ts';

let bench: DeliveryBench;

beforeAll(async () => {
  bench = await openDeliveryBench();
});
afterEach(() => bench.clear());
afterAll(() => bench.close());

const pace = channelSettings('any').pace;
const hour = 3_600_000;

describe('age', () => {
  it('ends a post that waited too long, even while its channel is paused', async () => {
    const channel = fakeChannel('A');
    const id = bench.open(channel);
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
    const id = bench.open(channel);
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

describe('an article that a person holds', () => {
  it('neither goes out nor grows old', async () => {
    const channel = fakeChannel('A');
    const id = bench.open(channel);
    const article = await bench.publish();
    await bench.ledger.articles.hold(article.id, bench.clock.now(), []);
    bench.clock.advance(8 * hour);
    expect(await deliverPost((await bench.row(article.id, id)).id, bench.deps)).toEqual({ kind: 'done' });
    expect((await bench.row(article.id, id)).state).toBe('waiting');
    await bench.ledger.articles.release(article.id, bench.clock.now(), []);
    await bench.settle();
    expect(channel.record).toHaveLength(1);
  });
});

describe('the pace', () => {
  it('keeps the gap between two posts', async () => {
    const channel = fakeChannel('A');
    bench.open(channel, { pace: { ...pace, gap: 5 * 60_000 } });
    await bench.publish();
    await bench.publish();
    await bench.settle(5);
    expect(channel.record).toHaveLength(1);
    await bench.settle();
    expect(channel.record).toHaveLength(2);
  });

  it('waits for the end of the quiet hours, in the newsroom, and does not count them as age', async () => {
    const channel = fakeChannel('A');
    bench.open(channel, { pace: { ...pace, quiet: { from: 22 * 60, to: 6 * 60 } } });
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
    bench.open(channel);
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

  it('is asked once more right before the request, and gives the claim back', async () => {
    const channel = fakeChannel('A');
    const id = bench.open(channel);
    const article = await bench.publish();
    const answers = [null, 'all posting is stopped since noon by anna'];
    await bench.sweep({ ...bench.deps, stopped: async () => answers.shift() ?? null });
    expect(answers).toEqual([]);
    expect(channel.record).toHaveLength(0);
    expect(await bench.row(article.id, id)).toMatchObject({
      state: 'waiting',
      reason: expect.stringContaining('anna'),
    });
  });

  it.each(['all', 'the channel'])('is seen after everything else that takes time: %s', async (what) => {
    const channel = fakeChannel('A', { rates: () => [{ account: what, units: 10, per: hour }] });
    const id = bench.open(channel);
    const article = await bench.publish();
    const { rates, channels } = bench.ledger;
    let why: string | null = null;
    // Somebody stops it while the last of the other questions is answered.
    const take: typeof rates.take = async (...asked) => {
      if (what === 'all') why = 'all posting is stopped since noon by anna';
      else await channels.update(id, { paused: true, pausedReason: 'by anna' });
      return rates.take(...asked);
    };
    const ledger = { ...bench.ledger, rates: { ...rates, take } };
    await bench.sweep({ ...bench.deps, ledger, stopped: async () => why });
    expect(channel.record).toEqual([]);
    expect(await bench.row(article.id, id)).toMatchObject({
      state: 'waiting',
      reason: expect.stringContaining('by anna'),
    });
  });

  it('is asked again when its answer took seconds', async () => {
    const channel = fakeChannel('A');
    const id = bench.open(channel);
    const article = await bench.publish();
    let asked = 0;
    const stopped = async () => {
      asked += 1;
      if (asked > 3) return 'all posting is stopped since noon by anna';
      // Before it knew, anna had stopped it all.
      if (asked === 3) bench.clock.advance(2000);
      return null;
    };
    await bench.sweep({ ...bench.deps, stopped });
    expect(asked).toBe(4);
    expect(channel.record).toEqual([]);
    expect((await bench.row(article.id, id)).reason).toContain('anna');
  });

  it('stops corrections and withdrawals too, and nothing grows old or fails meanwhile', async () => {
    const channel = fakeChannel('A');
    const id = bench.open(channel);
    const posted = await bench.publish();
    await bench.settle();
    const { switches } = bench.ledger;
    await switches.stop({ by: 'anna', reason: null, now: bench.clock.now() });
    const stopped = async () => {
      const stop = await switches.stopped();
      return stop && stopSentence(stop, 'Asia/Ho_Chi_Minh');
    };
    const deps = { ...bench.deps, stopped };
    await bench.revise(posted.id, 'Cầu mới thông xe sớm hơn dự kiến');
    const fresh = await bench.publish();
    for (let hours = 0; hours < 12; hours++) {
      await bench.sweep(deps);
      bench.clock.advance(hour);
    }
    await bench.withdraw(posted.id);
    await bench.sweep(deps);
    expect(channel.record).toHaveLength(1);
    expect(await bench.row(fresh.id, id)).toMatchObject({ state: 'waiting', reason: await stopped() });
    const ended = { channelId: id, states: ['expired' as const, 'dead' as const, 'parked' as const], limit: 5 };
    expect(await bench.ledger.deliveries.list(ended)).toEqual([]);

    await switches.resume({ by: 'anna', now: bench.clock.now() });
    await bench.sweep(deps);
    expect((await bench.row(fresh.id, id)).state).toBe('sent');
    expect((await bench.rows(posted.id)).map(({ op, state }) => `${op} ${state}`)).toContain('withdraw sent');
  });
});
