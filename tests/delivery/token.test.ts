/** Tokens that channels renew: once over all workers, encrypted, and stored before anybody uses them. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createSeal } from '#src/core/seal.ts';
import { channelTools } from '#src/delivery/tools.ts';
import { type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { fakeChannel } from '#tests/fakes/fake-channel.ts';
import { until } from '#tests/fakes/until.ts';

interface Token {
  number: number;
  secret: string;
}

describe("a channel's token", () => {
  let bench: DeliveryBench;
  let renewals: unknown[];
  let renew: () => Promise<Token>;

  beforeAll(async () => {
    bench = await openDeliveryBench();
  });
  afterEach(() => bench.clear());
  afterAll(() => bench.close());

  /** One process: `token` as its channel sees it. */
  function open() {
    renewals = [];
    renew = async () => ({ number: renewals.length, secret: `canary-${renewals.length}` });
    const channel = fakeChannel('A', {
      async refresh(stored) {
        renewals.push(stored);
        return { token: await renew(), expiresAt: new Date(bench.clock.now() + 3_600_000).toISOString() };
      },
    });
    const id = bench.open(channel);
    const configured = bench.deps.channels.get(id)!;
    const signal = new AbortController().signal;
    return { id, token: (refused?: Token) => channelTools(configured, signal, bench.deps).token<Token>(refused) };
  }

  /** Those who wait for another's renewal look again a little later. */
  async function withTime<T>(asked: Promise<T>, step = 250): Promise<T> {
    let isDone = false;
    void asked.finally(() => {
      isDone = true;
    });
    await until(() => {
      if (bench.clock.sleepers(250) > 0) bench.clock.advance(step);
      return isDone;
    });
    return asked;
  }

  it('is made once, then given to all', async () => {
    const { token } = open();
    const asked = Promise.all([token(), token(), token()]);
    const given = await withTime(asked);
    expect(given.map(({ number }) => number)).toEqual([1, 1, 1]);
    expect(renewals).toEqual([null]);
  });

  it('is renewed once for all whom the service refused it', async () => {
    const { token } = open();
    const old = await token();
    const given = await withTime(Promise.all([token(old), token(old), token(), token(old)]));
    expect(new Set(given.map(({ number }) => number))).toEqual(new Set([1, 2]));
    expect(renewals).toEqual([null, old]);
    expect(await token(old)).toEqual(await token());
  });

  it('stands in the ledger before it is used, unreadable there', async () => {
    const { id, token } = open();
    const { secret } = await token();
    const stored = await bench.ledger.secrets.read(id);
    expect(stored).toMatchObject({ expiresAt: bench.clock.now() + 3_600_000 });
    expect(stored!.sealed).not.toContain(secret);
    expect(JSON.parse(bench.deps.seal.open(stored!.sealed, id)!)).toEqual({ number: 1, secret });
  });

  it('that cannot be read any more counts as none: another key, another channel’s, or changed on the disk', async () => {
    const strange = createSeal(new Uint8Array(32).fill(1));
    for (const sealed of [
      (id: string) => strange.close('{"number":7}', id),
      () => bench.deps.seal.close('{"number":7}', 'another'),
      (id: string) => bench.deps.seal.close('{"number":7}', id).replace(/.{4}$/, 'AAAA'),
      () => 'v1.',
      () => '',
    ]) {
      const { id, token } = open();
      const hold = await bench.ledger.secrets.hold(id, 0, 1);
      await bench.ledger.secrets.write(id, hold!, { sealed: sealed(id), expiresAt: null, now: 0 });
      expect((await token()).number).toBe(1);
      expect(renewals).toEqual([null]);
    }
  });

  it('stays as it was when it cannot be renewed, and others may try at once', async () => {
    const { token } = open();
    const old = await token();
    const working = renew;
    renew = async () => {
      throw new Error('the service is away');
    };
    await expect(token(old)).rejects.toThrow('the service is away');
    renew = working;
    expect(await token()).toEqual(old);
    expect((await token(old)).number).toBe(3);
  });

  it('is renewed by another worker when the first one died over it, whose own is then of no use', async () => {
    const { token } = open();
    const old = await token();
    let finish: (token: Token) => void = () => {};
    const working = renew;
    renew = () =>
      new Promise((resolve) => {
        finish = resolve;
      });
    const slow = token(old);
    await until(() => renewals.length === 2);
    renew = working;
    const fresh = await withTime(token(old), 15_000);
    finish({ number: 99, secret: 'canary-99' });
    expect(await slow).toEqual(fresh);
    expect(await token()).toEqual(fresh);
  });
});
