import { describe, expect, it } from 'vitest';
import { channels } from '#src/channels/registry.ts';
import { benches } from '#tests/contracts/channel-benches.ts';
import { channelContract } from '#tests/contracts/channel-contract.ts';

describe('the list of channels', () => {
  it('names each kind once', () => {
    const kinds = channels.map(({ kind }) => kind);
    expect(new Set(kinds).size).toBe(kinds.length);
  });

  it('says of each what it is, in one line', () => {
    for (const { summary } of channels) expect(summary).toMatch(/^\S.{10,}$/);
  });
});

for (const { kind } of channels) {
  const bench = benches[kind];
  if (bench) channelContract(kind, bench);
}
