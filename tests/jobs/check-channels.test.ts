import { expect, it } from 'vitest';
import { checkChannels } from '#jobs/check-channels.ts';
import { UserError } from '#src/core/errors.ts';
import { channelSettings, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { recordingAlerts } from '#tests/fakes/recording-alerts.ts';

it('keeps what a server says of its limits, and an alert for one that does not', async () => {
  const bench = await openDeliveryBench();
  const alerts = recordingAlerts();
  const checked = (id: string, check: () => Promise<unknown>) =>
    [id, { settings: channelSettings(id), channel: { kind: 'fake', limitsFromServer: true, check } }] as const;
  const channels = new Map<string, any>([
    checked('good', async () => ({ account: '@bao@social.example', facts: { characters: 5000 } })),
    checked('bad', () => Promise.reject(new UserError('the token is unknown', { next: 'Copy it again.' }))),
  ]);
  await bench.ledger.channels.state('good', bench.clock.now());
  await checkChannels({ channels, delivery: bench.deps, ledger: bench.ledger, alerts } as any);
  const { account, facts } = await bench.ledger.channels.state('good', bench.clock.now());
  expect({ account, facts }).toEqual({ account: '@bao@social.example', facts: { characters: 5000 } });
  expect(alerts.story).toEqual(['raise channel:bad:unchecked']);
  await bench.close();
});
