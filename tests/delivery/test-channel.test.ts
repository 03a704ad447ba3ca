import { afterAll, beforeAll, expect, it } from 'vitest';
import { UserError } from '#src/core/errors.ts';
import { testChannel } from '#src/delivery/test-channel.ts';
import { type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { fakeChannel, fakeChannelWithUploads } from '#tests/fakes/fake-channel.ts';

let bench: DeliveryBench;
beforeAll(async () => {
  bench = await openDeliveryBench();
});
afterAll(() => bench.close());

const tried = (id: string, withPost = true, deps = bench.deps) =>
  testChannel(bench.deps.channels.get(id)!, { withPost }, deps);

it('shows a post and takes it back, and keeps what the service says of the account', async () => {
  const channel = fakeChannelWithUploads('D');
  channel.check = async () => ({ account: '@bao', facts: { most: 5 }, expiresAt: '2027-01-01T00:00:00.000Z' });
  const id = bench.open(channel);
  expect(await tried(id)).toMatchObject({
    channel: id,
    account: '@bao',
    expiresAt: '2027-01-01T00:00:00.000Z',
    limits: { length: 500, unit: 'graphemes', photos: 4 },
    post: { state: 'taken back', url: 'https://fake.example/id-1' },
  });
  expect(channel.record.map(({ op }) => op)).toEqual(['create', 'withdraw']);
  expect(channel.record[0]!.text).toContain(id);
  expect(channel.visible).toEqual([]);
  expect(channel.uploads).toBe(1);
  const state = await bench.ledger.channels.state(id, 0);
  expect(state).toMatchObject({ account: '@bao', facts: { most: 5 }, expiresAt: Date.UTC(2027, 0) });
});

it('says so where the post stands, may stand, or was not sent', async () => {
  const lasting = fakeChannel('D');
  delete lasting.withdraw;
  expect((await tried(bench.open(lasting))).post).toMatchObject({
    state: 'stands',
    url: 'https://fake.example/id-1',
    detail: expect.stringContaining('by hand'),
  });
  const lost = fakeChannel('D');
  lost.plan.push({ taken: true, result: { kind: 'ambiguous', reason: 'the service answered 502' } });
  expect((await tried(bench.open(lost))).post).toMatchObject({ state: 'in doubt', url: null });
  const full = fakeChannel('D');
  full.plan.push({ taken: false, result: { kind: 'notSent', reason: 'the service answered 429: canary-token-1234' } });
  expect((await tried(bench.open(full))).post).toEqual({
    state: 'not sent',
    url: null,
    detail: 'the service answered 429: ***',
  });
});

it('only the credentials are asked where that is wished, or while all posting is stopped', async () => {
  const channel = fakeChannel('D');
  const id = bench.open(channel);
  expect((await tried(id, false)).post.state).toBe('not tried');
  const stopped = { ...bench.deps, stopped: async () => 'all posting is stopped since noon' };
  expect((await tried(id, true, stopped)).post).toMatchObject({
    state: 'not tried',
    detail: expect.stringContaining('stopped since noon'),
  });
  expect(channel.record).toEqual([]);
});

it('credentials that do not work are told with what to do, and without themselves', async () => {
  const channel = fakeChannel('D');
  channel.check = () =>
    Promise.reject(new UserError('canary-token-1234 is no token of ours', { next: 'Make a new one.' }));
  const id = bench.open(channel);
  await expect(tried(id)).rejects.toMatchObject({
    message: `Channel ${id}: *** is no token of ours`,
    next: 'Make a new one.',
  });
});
