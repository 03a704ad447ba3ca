import { expect, it } from 'vitest';
import { checkEvery, startChannelChecks } from '#jobs/check-channels.ts';
import { UserError } from '#src/core/errors.ts';
import { recordingAlerts } from '#tests/fakes/alerts.ts';
import { channelSettings, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { until } from '#tests/fakes/until.ts';

it('keeps what a server says of its limits, and asks again daily, or soon where it did not answer', async () => {
  const bench = await openDeliveryBench();
  const { clock } = bench;
  const alerts = recordingAlerts();
  const asked: string[] = [];
  let isWell = false;
  const checked = (id: string, check: () => Promise<unknown>) => {
    const channel = {
      kind: 'fake',
      limitsFromServer: true,
      check() {
        asked.push(id);
        return check();
      },
    };
    return [id, { settings: channelSettings(id), channel }] as const;
  };
  const account = { account: '@bao@social.example', facts: { characters: 5000 } };
  const channels = new Map<string, any>([
    checked('good', async () => account),
    checked('bad', async () => {
      if (!isWell) throw new UserError('the token is unknown', { next: 'Copy it again.' });
      return account;
    }),
  ]);
  await bench.ledger.channels.state('good', clock.now());
  const check = startChannelChecks({ channels, clock, delivery: bench.deps, ledger: bench.ledger, alerts } as any);
  await until(async () => (await bench.ledger.channels.state('good', clock.now())).account !== null);
  expect(await bench.ledger.channels.state('good', clock.now())).toMatchObject(account);
  await until(() => alerts.story.length > 0);
  expect(alerts.story).toEqual(['raise channel:bad:unchecked']);

  isWell = true;
  clock.advance(checkEvery);
  await check();
  expect(asked).toEqual(['good', 'bad', 'bad']);
  expect(alerts.story.at(-1)).toBe('resolve channel:bad:unchecked');
  clock.advance(24 * 3_600_000);
  await check();
  expect(asked.slice(3)).toEqual(['good', 'bad']);
  await bench.close();
});
