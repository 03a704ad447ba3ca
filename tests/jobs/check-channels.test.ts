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
  const check = startChannelChecks({
    channels,
    clock,
    delivery: bench.deps,
    alerts,
    settings: bench.deps.settings,
  } as any);
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

it('says that credentials end a fortnight before they do, and no more once there are new ones', async () => {
  const bench = await openDeliveryBench();
  const { clock } = bench;
  const alerts = recordingAlerts();
  const day = 24 * 3_600_000;
  let end = clock.now() + 20 * day;
  const check = async () => ({ account: 'Báo Ví Dụ', facts: {}, expiresAt: new Date(end).toISOString() });
  const channel: any = { kind: 'fake', credentialsEnd: true, check };
  const channels = new Map([['page', { settings: channelSettings('page'), channel }]]);
  const look = startChannelChecks({
    channels,
    clock,
    delivery: bench.deps,
    alerts,
    settings: bench.deps.settings,
  } as any);
  await until(async () => (await bench.ledger.channels.state('page', clock.now())).expiresAt === end);
  clock.advance(7 * day);
  await look();
  expect(alerts.story).toEqual(['raise channel:page:ending']);
  expect(alerts.standing.get('channel:page:ending')).toMatch(/^Channel page: its credentials end at .*, in 13 days$/);
  end += 60 * day;
  clock.advance(day);
  await look();
  expect(alerts.story.at(-1)).toBe('resolve channel:page:ending');
  await bench.close();
});

it('renews a token a week before it ends, written before it is used and never in the clear', async () => {
  const bench = await openDeliveryBench();
  const { clock, ledger } = bench;
  const day = 24 * 3_600_000;
  const made: unknown[] = [];
  let isAway = false;
  const channel: any = {
    kind: 'fake',
    async refresh(stored: unknown) {
      if (isAway) throw new Error('away: canary-token-1234');
      made.push(stored);
      const expiresAt = new Date(clock.now() + 30 * day).toISOString();
      return { token: { session: `canary-session-${made.length}` }, expiresAt };
    },
    async check(_settings: unknown, tools: any) {
      const { session } = await tools.token();
      return { account: session, facts: {} };
    },
  };
  const channels = new Map([['sky', { settings: channelSettings('sky'), channel }]]);
  const alerts = recordingAlerts();
  const look = startChannelChecks({
    channels,
    clock,
    delivery: bench.deps,
    alerts,
    settings: bench.deps.settings,
  } as any);
  const account = async () => (await ledger.channels.state('sky', clock.now())).account;
  await until(async () => (await account()) === 'canary-session-1');
  clock.advance(10 * day);
  await look();
  expect(made).toEqual([null]);
  clock.advance(14 * day);
  await look();
  expect(await account()).toBe('canary-session-2');
  expect(made).toEqual([null, { session: 'canary-session-1' }]);
  expect((await ledger.secrets.read('sky'))?.sealed).not.toContain('canary');
  isAway = true;
  clock.advance(24 * day);
  await look();
  expect(alerts.standing.get('channel:sky:unchecked')).toBe('away: ***');
  await bench.close();
});
