import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HttpFailure } from '#src/core/errors.ts';
import { retryByHand } from '#src/delivery/by-hand.ts';
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
const never = { taken: false, result: unknown } as const;
const stands = 'https://bao.example/cau-moi';

/** Rounds of ten seconds, as a queue that is never late. */
async function live(seconds: number): Promise<void> {
  for (let past = 0; past < seconds; past += 10) {
    await bench.sweep();
    bench.clock.advance(10_000);
  }
}

const results = async (id: string) => (await bench.ledger.deliveries.attempts(id)).map(({ result }) => result);

describe('a post in doubt on a service that shows the own posts', () => {
  it('is looked for a minute later, and found', async () => {
    const channel = findableChannel('C', bench.clock);
    const id = bench.open(channel);
    channel.plan.push(lost);
    const article = await bench.publish();
    const began = bench.clock.now();
    await bench.sweep();
    const doubtful = await bench.row(article.id, id);
    expect(doubtful).toMatchObject({ state: 'retry', reason: expect.stringContaining('is not known'), attempts: 1 });
    expect(doubtful.dueAt).toBe(began + minute);
    await live(120);
    expect(channel.looks).toEqual([began + minute]);
    expect(channel.record).toHaveLength(1);
    expect(await bench.row(article.id, id)).toMatchObject({
      state: 'sent',
      reason: "found among the account's own posts",
      remote: { id: 'id-1', url: 'https://fake.example/id-1' },
      attempts: 1,
    });
    expect(await results(doubtful.id)).toEqual(['ambiguous', 'looked']);
  });

  it('is sent once more after three looks that found nothing', async () => {
    const channel = findableChannel('C', bench.clock);
    const id = bench.open(channel);
    channel.plan.push(never);
    const article = await bench.publish();
    const began = bench.clock.now();
    await live(240);
    expect(channel.looks).toEqual([1, 2, 3].map((n) => began + n * minute));
    expect(channel.visible).toHaveLength(1);
    const row = await bench.row(article.id, id);
    expect(row).toMatchObject({ state: 'sent', reason: null, attempts: 2 });
    expect(await results(row.id)).toEqual(['ambiguous', 'looked', 'looked', 'looked', 'sent']);
  });

  it('is left to a person when the second send is in doubt too, within ten minutes', async () => {
    const channel = findableChannel('C', bench.clock);
    const id = bench.open(channel);
    channel.plan.push(never, never);
    const article = await bench.publish();
    await live(600);
    const row = await bench.row(article.id, id);
    expect(row).toMatchObject({ state: 'parked', reason: expect.stringMatching(/not found.*adopt it/) });
    expect(await results(row.id)).toEqual([
      ...['ambiguous', 'looked', 'looked', 'looked'],
      ...['ambiguous', 'looked', 'looked', 'looked'],
    ]);
    expect((await bench.alerts.open()).map(({ cause }) => cause)).toContain(`delivery:${row.id}:parked`);
  });

  it('is found though its second send was in doubt', async () => {
    const channel = findableChannel('C', bench.clock);
    const id = bench.open(channel);
    channel.plan.push(never, lost);
    const article = await bench.publish();
    await live(600);
    expect(channel.visible).toHaveLength(1);
    expect((await bench.row(article.id, id)).state).toBe('sent');
  });

  it('is never sent again where the list may leave posts out', async () => {
    const channel = findableChannel('C', bench.clock, { complete: false });
    const id = bench.open(channel);
    channel.plan.push(never);
    const article = await bench.publish();
    await live(300);
    expect(channel.record).toHaveLength(0);
    expect(await bench.row(article.id, id)).toMatchObject({ state: 'parked' });
  });

  it('is left to a person within ten minutes when the list cannot be read, with the trouble', async () => {
    const channel = findableChannel('C', bench.clock);
    channel.trouble = new HttpFailure('refused', 'nobody listens there', { sent: false });
    const id = bench.open(channel);
    channel.plan.push(lost);
    const article = await bench.publish();
    await live(600);
    const row = await bench.row(article.id, id);
    expect(row).toMatchObject({ state: 'parked', reason: expect.stringContaining('nobody listens there') });
    expect(new Set((await results(row.id)).slice(1))).toEqual(new Set(['not looked']));
    expect(channel.record).toHaveLength(1);
  });

  it('is found once the list can be read again', async () => {
    const channel = findableChannel('C', bench.clock);
    channel.trouble = new Error('502');
    const id = bench.open(channel);
    channel.plan.push(lost);
    const article = await bench.publish();
    await live(200);
    channel.trouble = undefined;
    await live(120);
    expect((await bench.row(article.id, id)).state).toBe('sent');
    expect(channel.record).toHaveLength(1);
  });

  it('is left to a person when the service asks for a long rest', async () => {
    const channel = findableChannel('C', bench.clock);
    const id = bench.open(channel);
    channel.plan.push({
      taken: true,
      result: { kind: 'ambiguous', reason: 'broke', retryAt: bench.clock.now() + 60 * minute },
    });
    const article = await bench.publish();
    await live(600);
    expect(channel.looks).toHaveLength(0);
    expect(await bench.row(article.id, id)).toMatchObject({
      state: 'parked',
      reason: expect.stringContaining('could not be looked for on fake (the channel rests'),
    });
  });

  it('is looked for after hours in which nobody ran', async () => {
    const channel = findableChannel('C', bench.clock);
    const id = bench.open(channel);
    channel.plan.push(lost);
    const article = await bench.publish();
    await bench.sweep();
    bench.clock.advance(180 * minute);
    await bench.sweep();
    expect((await bench.row(article.id, id)).state).toBe('sent');
    expect(channel.record).toHaveLength(1);
  });

  it.each([
    ['older than the first try', { at: -10 * minute, links: [stands] }],
    ['about another article', { at: 0, links: [`${stands}-khac`] }],
  ])('is not taken for one %s', async (_name, { at, links }) => {
    const channel = findableChannel('C', bench.clock, { complete: false });
    const id = bench.open(channel);
    channel.own.push({ id: 'x', url: null, at: bench.clock.now() + at, text: 'khác', links });
    channel.plan.push(never);
    const article = await bench.publish();
    await live(300);
    expect((await bench.row(article.id, id)).state).toBe('parked');
  });

  it('is not taken for one that another row acts on', async () => {
    const channel = findableChannel('C', bench.clock, { complete: false });
    const id = bench.open(channel);
    const first = await bench.publish();
    await bench.sweep();
    expect((await bench.row(first.id, id)).state).toBe('sent');
    channel.plan.push(never);
    const second = await bench.publish();
    await live(300);
    expect((await bench.row(second.id, id)).state).toBe('parked');
  });

  it.each(['http://www.bao.example/cau-moi/', 'https://bao.example/cau-moi?utm_source=x&fbclid=1#top'])(
    'is known by its address as %s',
    async (link) => {
      const channel = findableChannel('C', bench.clock);
      const id = bench.open(channel);
      channel.plan.push(never);
      const article = await bench.publish();
      await bench.sweep();
      channel.own.push({ id: 'seen', url: null, at: bench.clock.now(), text: '', links: [link] });
      await live(120);
      expect(await bench.row(article.id, id)).toMatchObject({ state: 'sent', remote: { id: 'seen' } });
    },
  );

  it('of an article that was withdrawn is taken back when it stands, and ends when it does not', async () => {
    for (const outcome of [lost, never]) {
      const channel = findableChannel('C', bench.clock);
      const id = bench.open(channel);
      channel.plan.push(outcome);
      const article = await bench.publish();
      await bench.sweep();
      await bench.withdraw(article.id);
      await live(300);
      expect(channel.visible).toHaveLength(0);
      const row = await bench.row(article.id, id);
      expect(row.state).toBe(outcome.taken ? 'sent' : 'cancelled');
      expect(channel.record.filter(({ op }) => op === 'create')).toHaveLength(outcome.taken ? 1 : 0);
      bench.clear();
    }
  });

  it('goes out once more when a person says so, and only then', async () => {
    const channel = findableChannel('C', bench.clock);
    const id = bench.open(channel);
    channel.plan.push(never, never, never);
    const article = await bench.publish();
    await live(600);
    const { id: row } = await bench.row(article.id, id);
    await retryByHand(row, bench.deps);
    await live(600);
    expect(channel.plan).toEqual([]);
    expect((await bench.row(article.id, id)).state).toBe('parked');
    await retryByHand(row, bench.deps);
    await live(20);
    expect((await bench.row(article.id, id)).state).toBe('sent');
    expect(channel.record).toHaveLength(1);
  });

  it('is looked for when the service may have forgotten its key', async () => {
    const channel = findableChannel('A', bench.clock, { keepsKeys: 50 * minute });
    const id = bench.open(channel);
    const retryAt = bench.clock.now() + 60 * minute;
    channel.plan.push({ taken: true, result: { kind: 'ambiguous', reason: 'broke', retryAt } });
    const article = await bench.publish();
    await bench.settle(80);
    expect(channel.record).toHaveLength(1);
    expect(await bench.row(article.id, id)).toMatchObject({ state: 'sent', reason: expect.stringContaining('found') });
  });
});

describe('a post in doubt whose key the service knows', () => {
  it('is left to a person, not ended, when it grew too old to be posted anew', async () => {
    const channel = fakeChannel('A');
    const id = bench.open(channel, { pace: { ...channelSettings('any').pace, maxAge: 10 * minute } });
    channel.plan.push(...Array.from({ length: 30 }, () => lost));
    const article = await bench.publish();
    await live(900);
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
    await live(170);
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
    await live(100);
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
    await live(90);
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
    await live(180);
    expect((await bench.row(article.id, id)).state).toBe('sent');
    expect(channel.record).toHaveLength(1);
    expect(await results(row)).toEqual(['ambiguous', 'not looked', 'looked']);
  });
});
