import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { adoptHistory } from '#jobs/adopt-history.ts';
import type { Deps } from '#jobs/deps.ts';
import { type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { fakeChannel, findableChannel } from '#tests/fakes/fake-channel.ts';

let bench: DeliveryBench;

beforeAll(async () => {
  bench = await openDeliveryBench();
});
afterEach(() => bench.clear());
afterAll(() => bench.close());

const adopt = () => adoptHistory({ ...bench.deps, delivery: bench.deps } as unknown as Deps);
const historyAt = async (id: string) => (await bench.ledger.channels.state(id, bench.clock.now())).historyAt;
const hour = 3_600_000;

describe('a channel that is new', () => {
  it('is asked for its posts once there are articles', async () => {
    const channel = findableChannel('C', bench.clock);
    const id = bench.open(channel);
    await adopt();
    expect(channel.looks).toEqual([]);
    expect(await historyAt(id)).toBeNull();
  });

  it('knows as sent what stands on its account, once', async () => {
    const [one, other] = [await bench.publish(), await bench.publish()];
    const channel = findableChannel('C', bench.clock);
    const id = bench.open(channel);
    const at = bench.clock.now() - hour;
    const links = ['https://nowhere.example/', `http://www.bao.example/${one.id}/?utm_source=desk`];
    channel.own.push({ id: 'p2', url: null, at: at + 1, text: 'lần hai', links });
    channel.own.push({ id: 'p1', url: 'https://fake.example/p1', at, text: 'Mời đọc', links });
    await adopt();
    expect(await bench.row(one.id, id)).toMatchObject({
      state: 'sent',
      reason: "found among the account's own posts",
      remote: { id: 'p1', url: 'https://fake.example/p1' },
      post: null,
      attempts: 0,
    });
    await expect(bench.row(other.id, id)).rejects.toThrow(/no create/);
    expect(await historyAt(id)).toBe(bench.clock.now());
    await adopt();
    expect(channel.looks).toHaveLength(1);
  });

  it('leaves alone what it posted or is to post itself', async () => {
    const channel = findableChannel('C', bench.clock);
    const id = bench.open(channel);
    const article = await bench.publish();
    const at = bench.clock.now();
    channel.own.push({ id: 'p1', url: null, at, text: '', links: [`https://bao.example/${article.id}`] });
    await adopt();
    expect(await bench.row(article.id, id)).toMatchObject({ state: 'waiting', remote: null });
  });

  it('is asked again when its service did not answer, and holds nothing up', async () => {
    const channel = findableChannel('C', bench.clock);
    const id = bench.open(channel);
    bench.open(fakeChannel('D'));
    channel.trouble = new Error('the service answered 503');
    await adopt();
    expect(await historyAt(id)).toBeNull();
    channel.trouble = undefined;
    await adopt();
    expect(await historyAt(id)).not.toBeNull();
  });
});
