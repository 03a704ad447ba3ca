import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HttpFailure } from '#src/core/errors.ts';
import { deliverPost } from '#src/delivery/deliver.ts';
import { doomedWorker } from '#tests/fakes/crash.ts';
import { channelSettings, type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { fakeChannel, findableChannel } from '#tests/fakes/fake-channel.ts';

let bench: DeliveryBench;

beforeAll(async () => {
  bench = await openDeliveryBench();
});
afterEach(() => bench.clear());
afterAll(() => bench.close());

const minute = 60_000;
const unknown = new HttpFailure('reset', 'the connection broke', { sent: true });
const lost = { taken: true, result: unknown } as const;

const results = async (id: string) => (await bench.ledger.deliveries.attempts(id)).map(({ result }) => result);

describe('a post in doubt whose key the service knows', () => {
  it('is left to a person, not ended, when it grew too old to be posted anew', async () => {
    const channel = fakeChannel('A');
    const id = bench.open(channel, { pace: { ...channelSettings('any').pace, maxAge: 10 * minute } });
    channel.plan.push(...Array.from({ length: 30 }, () => lost));
    const article = await bench.publish();
    await bench.live(900);
    expect(await bench.row(article.id, id)).toMatchObject({
      state: 'parked',
      reason: expect.stringContaining('may have gone through'),
    });
  });
});

describe('a request under way when Loa is stopped', () => {
  it('may end, so that nothing is in doubt', async () => {
    const channel = fakeChannel('D');
    const id = bench.open(channel);
    const stop = new AbortController();
    const { publish } = channel;
    let answer = () => {};
    const begun = new Promise<AbortSignal>((resolve) => {
      channel.publish = async (...call) => {
        resolve(call[2].signal);
        await new Promise<void>((end) => {
          answer = end;
        });
        return publish(...call);
      };
    });
    const article = await bench.publish();
    const running = deliverPost((await bench.row(article.id, id)).id, { ...bench.deps, signal: stop.signal });
    const signal = await begun;
    stop.abort();
    expect(signal.aborted).toBe(false);
    answer();
    await running;
    expect((await bench.row(article.id, id)).state).toBe('sent');
  });

  it('is cut off after five seconds', async () => {
    const channel = fakeChannel('D');
    const id = bench.open(channel);
    channel.plan.push({ taken: true, result: 'hang' });
    const stop = new AbortController();
    const { publish } = channel;
    const begun = new Promise<void>((resolve) => {
      channel.publish = (...call) => {
        resolve();
        return publish(...call);
      };
    });
    const article = await bench.publish();
    const running = deliverPost((await bench.row(article.id, id)).id, { ...bench.deps, signal: stop.signal });
    await begun;
    stop.abort();
    bench.clock.advance(5000);
    await running;
    expect(await bench.row(article.id, id)).toMatchObject({
      state: 'parked',
      reason: expect.stringContaining('stopped while waiting'),
    });
  });
});

describe('a worker that dies', () => {
  it('after the gate leaves a post that is found, in less than three minutes', async () => {
    const channel = findableChannel('C', bench.clock);
    const id = bench.open(channel);
    const article = await bench.publish();
    const row = await bench.row(article.id, id);
    const doomed = doomedWorker(bench.deps, 'record');
    await Promise.race([deliverPost(row.id, doomed.deps), doomed.died]);
    expect(channel.visible).toHaveLength(1);
    await bench.live(170);
    expect((await bench.row(article.id, id)).state).toBe('sent');
    expect(channel.record).toHaveLength(1);
    expect(await results(row.id)).toEqual(['crashed', 'looked']);
  });

  it('before the gate leaves no doubt, on a blind service either', async () => {
    const channel = findableChannel('D', bench.clock);
    delete channel.find;
    const id = bench.open(channel);
    const article = await bench.publish();
    const row = await bench.row(article.id, id);
    const doomed = doomedWorker(bench.deps, 'renew');
    await Promise.race([deliverPost(row.id, doomed.deps), doomed.died]);
    await bench.live(60);
    expect((await bench.row(article.id, id)).state).toBe('sent');
    expect(await results(row.id)).toEqual(['stopped', 'sent']);
  });

  it('after the gate of a blind service leaves a post that is parked within two minutes', async () => {
    const channel = findableChannel('D', bench.clock);
    delete channel.find;
    const id = bench.open(channel);
    const article = await bench.publish();
    const doomed = doomedWorker(bench.deps, 'publish');
    await Promise.race([deliverPost((await bench.row(article.id, id)).id, doomed.deps), doomed.died]);
    await bench.live(90);
    expect((await bench.row(article.id, id)).state).toBe('parked');
    expect(channel.record).toHaveLength(0);
  });

  it('while it looks leaves a post that is looked for again', async () => {
    const channel = findableChannel('C', bench.clock);
    const id = bench.open(channel);
    channel.plan.push(lost);
    const article = await bench.publish();
    const { id: row } = await bench.row(article.id, id);
    await bench.sweep();
    bench.clock.advance(minute);
    const doomed = doomedWorker(bench.deps, 'find');
    await Promise.race([deliverPost(row, doomed.deps), doomed.died]);
    await bench.live(180);
    expect((await bench.row(article.id, id)).state).toBe('sent');
    expect(channel.record).toHaveLength(1);
    expect(await results(row)).toEqual(['ambiguous', 'not looked', 'looked']);
  });
});
