import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planRevision } from '#src/core/delivery-plan.ts';
import { newRevision, sampleArticle } from '#tests/contracts/ledger/samples.ts';
import { channelSettings, type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { fakeChannel } from '#tests/fakes/fake-channel.ts';

let bench: DeliveryBench;
beforeAll(async () => {
  bench = await openDeliveryBench();
});
afterAll(() => bench.close());

const headline = 'Đèo Sơn Thủy thông xe hai làn';

describe('a revision that comes before the post', () => {
  it('is carried by it, and no correction is left', async () => {
    const channel = fakeChannel('D');
    bench.open(channel);
    const { id } = await bench.publish();
    await bench.revise(id, 'Bản giữa chừng');
    await bench.revise(id, headline);
    await bench.settle();
    expect(channel.record).toMatchObject([{ op: 'create', text: expect.stringContaining(headline) }]);
    expect((await bench.rows(id)).map(({ op, state, revision }) => [op, state, revision])).toEqual([
      ['create', 'sent', 3],
    ]);
  });

  it('is a correction where its photos were not ready when the post was made', async () => {
    bench.clear();
    const channel = fakeChannel('D');
    const channelId = bench.open(channel);
    const stored = await bench.publish();
    const now = bench.clock.now();
    const article = sampleArticle({ headline, publishedAt: stored.publishedAt });
    const changes = ['headline'];
    const { site } = bench.deps.settings;
    const channels = [{ settings: channelSettings(channelId), since: 0 }];
    const existing = await bench.rows(stored.id);
    const deliveries = planRevision({ stored, article, revision: 2, changes, existing, channels, site, now });
    await bench.ledger.articles.revise(newRevision(stored.id, 1, { article, changes, deliveries, now }));
    await bench.sweep();
    expect(channel.record).toMatchObject([{ op: 'create' }]);
    expect(channel.record[0]!.text).not.toContain(headline);
    await bench.ledger.articles.markReady(stored.id, 2, bench.clock.now(), []);
    await bench.settle();
    expect(channel.record.slice(1)).toMatchObject([{ op: 'edit', text: expect.stringContaining(headline) }]);
  });
});
