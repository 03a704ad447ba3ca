import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SendResult } from '#src/core/outcome.ts';
import { testChannel } from '#src/delivery/test-channel.ts';
import { type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { fakeChannel, findableChannel } from '#tests/fakes/fake-channel.ts';

let bench: DeliveryBench;
beforeAll(async () => {
  bench = await openDeliveryBench();
});
afterEach(() => bench.clear());
afterAll(() => bench.close());

/** As the bench writes it into the settings of every channel. */
const secret = 'canary-token-1234';

async function rowAfter(result: SendResult) {
  const channel = fakeChannel('D');
  channel.plan.push({ taken: true, result });
  const id = bench.open(channel);
  const article = await bench.publish();
  await bench.sweep();
  return bench.row(article.id, id);
}

describe('the address that a service gives for a post', () => {
  it.each([
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    '/statuses/1',
    `https://social.example/1?access_token=${secret}`,
    `https://social.example/1?with=${Buffer.from(`bot:${secret}`).toString('base64')}`,
    `https://social.example/${'x'.repeat(3000)}`,
    'https://social.example/1\u0000\r\nset-cookie: a=b',
  ])('is not kept when it is %s', async (url) => {
    const row = await rowAfter({ kind: 'sent', id: '1', url });
    expect(row).toMatchObject({ state: 'sent', remote: { id: '1', url: null } });
  });

  it('is kept when it leads to a page', async () => {
    const url = 'https://social.example/@bao/1?lang=vi#reply';
    expect((await rowAfter({ kind: 'sent', id: '1', url })).remote).toEqual({ id: '1', url });
  });

  it('found in a list is told by the same rule', async () => {
    const channel = findableChannel('C', bench.clock);
    const id = bench.open(channel);
    channel.plan.push({ taken: false, result: { kind: 'ambiguous', reason: 'the service answered 502' } });
    const article = await bench.publish();
    const url = `https://social.example/1?token=${secret}`;
    channel.own.push({ id: 'x', url, at: bench.clock.now(), text: '', links: [article.url!] });
    await bench.live(120);
    expect(await bench.row(article.id, id)).toMatchObject({ state: 'sent', remote: { id: 'x', url: null } });
  });
});

it('what a service says stands on one line, without what steers a terminal or turns text around', async () => {
  const reason = `no\u0000 \u001b[2J\r\n\u202Eyes ${secret} ${encodeURIComponent(secret)}`;
  const row = await rowAfter({ kind: 'permanent', scope: 'item', reason });
  expect(row).toMatchObject({ state: 'dead', reason: 'no [2J yes *** ***' });
  const alerted = [...bench.alerts.standing.values()].join();
  expect(alerted).toContain('no [2J yes ***');
  expect(alerted).not.toContain(secret);
});

it('what a service says is cut where it would fill the ledger', async () => {
  const row = await rowAfter({ kind: 'permanent', scope: 'item', reason: '👩‍👩‍👧‍👦 '.repeat(100_000) });
  expect(row.reason!.length).toBeLessThanOrEqual(1000);
  expect(row.reason!.isWellFormed()).toBe(true);
});

it('a service’s name for the account is short and holds no secret', async () => {
  const channel = fakeChannel('D');
  channel.check = async () => ({ account: `@bao \u202E${secret}\r\n${'x'.repeat(5000)}`, facts: {} });
  const id = bench.open(channel);
  const { account } = await testChannel(bench.deps.channels.get(id)!, { withPost: false }, bench.deps);
  expect(account).toMatch(/^@bao \*\*\* x+…$/);
  expect(account.length).toBeLessThanOrEqual(200);
  expect((await bench.ledger.channels.state(id, 0)).account).toBe(account);
});

it('what it says of its limits changes no object’s nature', async () => {
  const channel = fakeChannel('D');
  const facts = JSON.parse('{"__proto__":{"most":1},"constructor":{"prototype":{"most":1}},"most":5}');
  channel.check = async () => ({ account: '@bao', facts });
  const id = bench.open(channel);
  await testChannel(bench.deps.channels.get(id)!, { withPost: false }, bench.deps);
  const kept = (await bench.ledger.channels.state(id, 0)).facts;
  expect(Object.getPrototypeOf(kept)).toBe(Object.prototype);
  expect(kept['most']).toBe(5);
  expect(({} as Record<string, unknown>)['most']).toBeUndefined();
});
