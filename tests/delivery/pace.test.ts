import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { deliverPost } from '#src/delivery/deliver.ts';
import { channelSettings, type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { fakeChannel, findableChannel } from '#tests/fakes/fake-channel.ts';

let bench: DeliveryBench;

beforeAll(async () => {
  bench = await openDeliveryBench();
});
afterEach(() => bench.clear());
afterAll(() => bench.close());

const { pace } = channelSettings('any');
const minute = 60_000;
const hour = 60 * minute;
const breaking = { tag: ['đô thị'] };
/** All of the day but its last minute. */
const quiet = { from: 0, to: 24 * 60 - 1 };

describe('breaking news', () => {
  it('goes at once: it neither settles nor keeps the quiet hours or the gap', async () => {
    const channel = fakeChannel('A');
    const slow = { ...pace, settle: 5 * minute, gap: hour, quiet };
    bench.open(channel, { breaking, pace: slow });
    const usual = fakeChannel('A');
    bench.open(usual, { breaking: { section: ['Khẩn'] }, pace: slow });
    for (const headline of ['Tin khẩn một', 'Tin khẩn hai']) await bench.publish({ headline });
    await bench.sweep();
    expect(channel.record).toHaveLength(2);
    expect(usual.record).toHaveLength(0);
  });

  it('still counts in the hourly limit, and waits for approval, a pause and an embargo', async () => {
    const channel = fakeChannel('A');
    bench.open(channel, { breaking, pace: { ...pace, perHour: 1 } });
    for (let times = 0; times < 2; times++) await bench.publish();
    await bench.sweep();
    expect(channel.record).toHaveLength(1);
    bench.clear();

    const approving = fakeChannel('A');
    bench.open(approving, { breaking, approval: 'required' });
    const paused = fakeChannel('A');
    const id = bench.open(paused, { breaking });
    await bench.ledger.channels.state(id, bench.clock.now());
    await bench.ledger.channels.update(id, { paused: true });
    await bench.publish();
    await bench.sweep();
    expect([approving.record, paused.record]).toEqual([[], []]);
    bench.clear();

    const embargoed = fakeChannel('A');
    bench.open(embargoed, { breaking });
    await bench.publish({ publishedAt: new Date(bench.clock.now() + hour).toISOString() });
    await bench.sweep();
    expect(embargoed.record).toHaveLength(0);
  });

  it('is due before what waits longer on its channel', async () => {
    const id = bench.open(fakeChannel('A'), { breaking: { section: ['Khẩn'] } });
    await bench.publish();
    bench.clear();
    bench.add(fakeChannel('A'), channelSettings(id, { breaking }));
    bench.clock.advance(minute);
    const urgent = await bench.publish();
    const due = (await bench.ledger.deliveries.due(bench.clock.now(), 100)).filter((row) => row.channelId === id);
    expect(due).toHaveLength(2);
    expect(due[0]).toMatchObject({ id: (await bench.row(urgent.id, id)).id, urgent: true });
  });
});

describe("a service's own limit", () => {
  it('is one for all channels of an account; what finds nothing left waits for it, with the reason', async () => {
    const rates = () => [{ account: 'bao@fake.example', units: 4, per: hour, cost: () => 2 }];
    const [one, other] = [fakeChannel('A', { rates }), fakeChannel('A', { rates })];
    const id = bench.open(one);
    bench.open(other);
    const articles = [await bench.publish(), await bench.publish()];
    await bench.sweep();
    expect(one.record.length + other.record.length).toBe(2);
    const rows = (await Promise.all(articles.map(({ id }) => bench.rows(id)))).flat();
    const waiting = rows.filter(({ state }) => state === 'waiting');
    expect(waiting).toHaveLength(2);
    for (const row of waiting) {
      expect(row).toMatchObject({
        reason: 'the service takes no more posts from this account for now',
        dueAt: bench.clock.now() + hour / 2,
        attempts: 0,
      });
    }
    for (let times = 0; times < 2; times++) {
      bench.clock.advance(hour / 2);
      await bench.sweep();
    }
    expect(one.record.length + other.record.length).toBe(4);
    expect(await bench.row(articles[0]!.id, id)).toMatchObject({ state: 'sent' });
  });

  it('costs a correction one unit, taking back none', async () => {
    const asked: number[] = [];
    const channel = findableChannel('A', bench.clock, {
      rates: () => [{ account: 'x', units: 100, per: hour, cost: () => 3 }],
    });
    bench.open(channel);
    const { rates } = bench.ledger;
    const counting = {
      ...bench.deps,
      ledger: {
        ...bench.deps.ledger,
        rates: {
          take: (...[buckets, now]: Parameters<typeof rates.take>) => {
            asked.push(...buckets.map(({ cost }) => cost));
            return rates.take(buckets, now);
          },
        },
      },
    };
    const article = await bench.publish();
    await bench.sweep(counting);
    await bench.revise(article.id, 'Bản hai');
    await bench.sweep(counting);
    await bench.withdraw(article.id);
    await bench.sweep(counting);
    expect(channel.record.map(({ op }) => op)).toEqual(['create', 'edit', 'withdraw']);
    expect(asked).toEqual([3, 1]);
  });
});

describe('a channel that is paused in the middle of a burst', () => {
  it('sends nothing new, not even what was claimed and made ready', async () => {
    const channel = fakeChannel('A');
    const id = bench.open(channel);
    const other = fakeChannel('A');
    bench.open(other);
    const articles = [await bench.publish(), await bench.publish(), await bench.publish()];
    await bench.ledger.channels.state(id, bench.clock.now());
    channel.prepare = async () => {
      if (channel.record.length === 1) {
        await bench.ledger.channels.update(id, { paused: true, pausedReason: 'wrong photo' });
      }
      return {};
    };
    for (const article of articles) await deliverPost((await bench.row(article.id, id)).id, bench.deps);
    await bench.sweep();
    expect(channel.record).toHaveLength(1);
    expect(other.record).toHaveLength(3);
    const last = await bench.row(articles[2]!.id, id);
    expect(last).toMatchObject({ state: 'waiting', reason: 'the channel is paused: wrong photo' });
    await bench.ledger.channels.update(id, { paused: false });
    await bench.settle();
    expect(channel.record).toHaveLength(3);
  });
});
