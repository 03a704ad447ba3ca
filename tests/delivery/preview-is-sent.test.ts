import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { channels as kinds } from '#src/channels/registry.ts';
import type { PostView } from '#src/core/preview.ts';
import { deliverPost } from '#src/delivery/deliver.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';
import { previewArticle } from '#src/delivery/preview.ts';
import { benches } from '#tests/contracts/channel-benches.ts';
import type { ChannelBench } from '#tests/contracts/channel-contract.ts';
import { type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { type SummarizerServer, startSummarizer } from '#tests/fakes/summarizer-server.ts';

let bench: DeliveryBench;
let summarizer: SummarizerServer;

beforeAll(async () => {
  bench = await openDeliveryBench();
  summarizer = await startSummarizer();
});
afterAll(async () => {
  await summarizer.close();
  await bench.close();
});

const hostile =
  'Giá {{ link }} {% raw %} <b>đậm</b> & "nháy" @everyone *sao* _gạch_ [a](b) \u202Egpj.exe\u202C \uD83D\r\n#1 `x` 100%';

const headlines = [
  'Cầu mới bắc qua sông Kỳ Vỹ',
  hostile,
  `${'Đường đèo Sơn Thủy thông xe sau ba ngày sạt lở, '.repeat(8)}chợ phiên họp lại`,
  `👩‍👩‍👧‍👦${'Z\u0351\u036B\u0343\u036A\u0302'.repeat(30)} 🇻🇳`,
];

/** What readers see of one post by itself. */
async function sent(service: ChannelBench, headline: string, summarised = false) {
  const { channel, settings, http, board } = service;
  const deps: DeliveryDeps = {
    ...bench.deps,
    http,
    board,
    ...service.tools,
    ...(summarised && {
      settings: {
        ...bench.deps.settings,
        summarizer: { kind: 'http', url: `${summarizer.url}/v1`, model: 'm', apiKey: null, timeout: 5000 },
      },
    }),
  };
  const id = bench.open(channel, { kind: channel.kind, settings });
  const { id: articleId } = await bench.publish({ headline });
  const preview = async () => (await previewArticle(articleId, id, deps))!.posts[0]!;
  const before = await preview();
  const rows = (await bench.rows(articleId)).filter(({ channelId }) => channelId === id);
  for (const row of rows) await deliverPost(row.id, deps);
  return { before, rows: await bench.rows(articleId), after: await preview(), visible: await service.visible() };
}

describe('what a preview shows is what readers see', () => {
  test.each(kinds.map(({ kind }) => kind))('on %s', async (kind) => {
    for (const headline of headlines) {
      const service = await benches[kind]!(bench.clock);
      bench.clear();
      // Past what one account may post in a while.
      bench.clock.advance(3_600_000);
      try {
        const { before, rows, after, visible } = await sent(service, headline);
        expect(rows.map(({ state, reason }) => [state, reason])).toEqual(rows.map(() => ['sent', null]));
        expectSame(before, after);
        expect(after.notes[0]).toMatch(/^sent already/);
        expect(before.text.isWellFormed()).toBe(true);
        expect(before.text).not.toMatch(/[\u202A-\u202E\uE000\uE001\r]/);
        if (before.limit !== null) expect(before.length).toBeLessThanOrEqual(before.limit);
        expectSeen(kind, visible, before);
      } finally {
        await service.close();
      }
    }
  });

  test('with a summary that was asked for once', async () => {
    summarizer.say('Cây cầu thứ ba qua sông Kỳ Vỹ đã thông xe sáng 25/11, dài 420 mét.');
    const service = await benches['mastodon']!(bench.clock);
    bench.clear();
    const { before, after, visible } = await sent(service, 'Cầu mới bắc qua sông Kỳ Vỹ', true);
    expect(before.text).toContain('sông Kỳ Vỹ đã thông xe sáng 25/11, dài 420 mét.');
    expectSame(before, after);
    expect(visible).toEqual([before.text]);
    expect(summarizer.record).toHaveLength(1);
    await service.close();
  });

  test('with our own where the summariser’s is refused, and says so', async () => {
    summarizer.say('Cây cầu thứ ba qua sông Kỳ Vỹ dài 999 mét đã thông xe sáng 25/11.');
    const service = await benches['mastodon']!(bench.clock);
    bench.clear();
    const { before } = await sent(service, 'Cầu mới bắc qua sông Kỳ Vỹ', true);
    expect(before.text).not.toContain('999');
    expect(before.notes.join('\n')).toContain('says 999, which the article does not');
    await service.close();
  });
});

function expectSame(before: PostView, after: PostView): void {
  const { notes: _before, ...shown } = before;
  const { notes: _after, ...frozen } = after;
  expect(frozen).toEqual(shown);
}

/** Where a service shows the text itself, byte for byte. */
function expectSeen(kind: string, visible: string[], { text }: PostView): void {
  expect(visible.length).toBeGreaterThan(0);
  if (kind === 'webhook' || kind === 'email') expect(visible[0]).toContain(text.slice(0, 12));
  else expect(visible).toEqual([text]);
}
