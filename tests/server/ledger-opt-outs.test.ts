import { describe, expect, it } from 'vitest';
import { removeOptOut, viewOptOuts } from '#src/server/ledger-opt-outs.ts';
import { channelSettings } from '#tests/fakes/delivery-bench.ts';
import { settings as newsroom } from '#tests/fakes/newsroom-settings.ts';

function withLeavers() {
  const rows = [
    { part: 'doc.gia@hop-thu.example', at: Date.UTC(2026, 10, 25, 8) },
    { part: 'lan@hop-thu.example', at: Date.UTC(2026, 10, 25, 9) },
  ];
  const optOuts = {
    has: async () => false,
    add: async () => {},
    list: async (channelId: string) => (channelId === 'ban-tin' ? [...rows] : []),
    remove: async (_channelId: string, part: string) =>
      void rows.splice(
        rows.findIndex((row) => row.part === part),
        1,
      ),
  };
  return { ledger: { optOuts }, settings: newsroom({ channels: [channelSettings('ban-tin')] }) };
}

describe('who has left a list', () => {
  it('is shown with the time', async () => {
    const { ledger, settings } = withLeavers();
    expect(await viewOptOuts(ledger, settings, 'ban-tin')).toEqual({
      optOuts: [
        { address: 'doc.gia@hop-thu.example', since: '2026-11-25T08:00:00.000Z' },
        { address: 'lan@hop-thu.example', since: '2026-11-25T09:00:00.000Z' },
      ],
    });
  });

  it('gets mails again when a person says so, however the address is written', async () => {
    const { ledger, settings } = withLeavers();
    const address = ' Doc.Gia@hop-thu.example';
    const { optOuts } = await removeOptOut(ledger, settings, { channelId: 'ban-tin', address });
    expect(optOuts.map((one) => one.address)).toEqual(['lan@hop-thu.example']);
    await expect(removeOptOut(ledger, settings, { channelId: 'ban-tin', address })).rejects.toThrow(/has not left/);
  });

  it('is asked of a channel that exists', async () => {
    const { ledger, settings } = withLeavers();
    await expect(viewOptOuts(ledger, settings, 'ban-tim')).rejects.toThrow(/ban-tim/);
  });
});
