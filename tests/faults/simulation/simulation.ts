/** One run: a newsroom, services, workers, and everything that can go wrong, all from one number. */
import type { Channel } from '#src/channels/channel.ts';
import type { ChannelSettings, Settings } from '#src/core/settings.ts';
import type { deliverPost } from '#src/delivery/deliver.ts';
import type { reconcilePost } from '#src/delivery/reconcile.ts';
import type { Ledger } from '#src/stores/ledger.ts';
import { recordingAlerts } from '#tests/fakes/alerts.ts';
import { channelSettings } from '#tests/fakes/delivery-bench.ts';
import { createDice } from '#tests/faults/simulation/dice.ts';
import { createFleet } from '#tests/faults/simulation/fleet.ts';
import { isOpen } from '#tests/faults/simulation/is-open.ts';
import { type Judgement, judge } from '#tests/faults/simulation/oracle.ts';
import { openNewsroom } from '#tests/faults/simulation/newsroom.ts';
import { createService, drawTraits, type Service, type ServiceKind } from '#tests/faults/simulation/services.ts';
import { channelOf } from '#tests/faults/simulation/wire.ts';
import { createWorld, start } from '#tests/faults/simulation/world.ts';

const site: Settings['site'] = { name: 'Báo Ví Dụ', url: 'https://bao.example', language: 'vi', timezone: 'Asia/Ho_Chi_Minh' };
const minute = 60_000;
const kinds: ServiceKind[] = ['keyed', 'keyed, then listed', 'listed', 'listed in part', 'blind'];

/** What a mutation takes out. */
export interface Changes {
  ledger?(ledger: Ledger): Ledger;
  deliver?: typeof deliverPost;
  reconcile?: typeof reconcilePost;
  channel?(channel: Channel<any, any>, settings: ChannelSettings): Channel<any, any>;
}

/** The ledger must be empty. `story` gets a line for everything that happens. */
export async function simulate(
  seed: number,
  opened: Ledger,
  { story = null, changes = {} }: { story?: string[] | null; changes?: Changes } = {},
): Promise<Judgement> {
  const dice = createDice(seed);
  const world = createWorld(dice, story);
  const ledger = changes.ledger?.(opened) ?? opened;
  const alerts = recordingAlerts(() => world.now);
  const lasts = dice.between(4, 9) * minute;

  const services = new Map<string, Service>();
  const settings = new Map<string, ChannelSettings>();
  const own = [...kinds].sort(() => dice.next() - 0.5).slice(0, dice.between(2, 3));
  for (const kind of own) {
    const id = kind.replaceAll(/\W+/g, '-');
    services.set(id, createService(id, drawTraits(kind, dice), world));
    settings.set(id, drawSettings(id, services.get(id)!));
    await ledger.channels.state(id, start - minute);
  }
  world.tell(() => `services: ${[...services.values()].map(({ traits }) => JSON.stringify(traits)).join(' ')}`);

  const leaseOf = async (key: string) => {
    const rows = await opened.deliveries.list({ states: ['sending'], limit: 100 });
    const row = rows.find((one) => one.key === key);
    if (row) newsroom.onSending(row.articleId);
    return row ? row.leaseUntil : world.now + world.wallOffset - 10 * minute;
  };
  const storm = dice.next();
  const fates = { kill: 0.004 * storm, freeze: 0.004 * storm, cut: 0.003 * storm };
  const fleet = createFleet(
    {
      ...{ workers: dice.pick([1, 2, 2, 2, 4]), fates, loss: dice.chance(0.5) ? 0.1 : 0.4, ledger, alerts },
      settings: { site, publicUrl: 'https://loa.example', summarizer: null, feeds: [], guards: { burst: 10, goneGrace: minute, deskWindow: 0 } },
      channels: (process) =>
        [...services.values()].map((service) => {
          const set = settings.get(service.channelId)!;
          const channel = channelOf(service, process, world, leaseOf);
          return { settings: set, channel: changes.channel?.(channel, set) ?? channel };
        }),
      ...(changes.deliver && { deliver: changes.deliver }),
      ...(changes.reconcile && { reconcile: changes.reconcile }),
    },
    world,
  );
  const newsroom = openNewsroom({ ledger: opened, alerts, services, site, lasts }, fleet, world);

  let settled = false;
  world.after(lasts, async () => {
    world.faults = false;
    world.tell(() => 'from here on nothing goes wrong any more');
    await newsroom.letGo();
    check();
  });
  // Long after everything must have come to an end.
  world.after(lasts + 26 * 60 * minute, () => {
    settled = true;
  });
  await world.run(() => settled);
  if (world.failure) throw world.failure;
  const verdict = await judge(services, { ledger: opened, alerts, newsroom });
  if (story) for (const id of newsroom.articles) await tellRows(id);
  return verdict;

  function check(): void {
    world.after(30_000, async () => {
      const rows = await opened.deliveries.list({ states: ['waiting', 'retry', 'sending', 'parked'], limit: 1000 });
      await newsroom.letGo();
      if (!rows.some((row) => isOpen(row, rows)) && fleet.isIdle()) settled = true;
      else check();
    });
  }

  async function tellRows(id: string): Promise<void> {
    for (const row of (await opened.deliveries.list({ articleIds: [id], limit: 100 })).reverse()) {
      const tries = await opened.deliveries.attempts(row.id);
      const told = tries.map(({ number, result, startedAt }) => `${number} at ${(startedAt - start) / 1000} ${result}`).join(', ');
      world.tell(() => `${row.op} ${row.id} ${row.articleId} r${row.revision} ${row.channelId} is ${row.state}: ${row.reason ?? ''} [${told}] ${row.remote?.id ?? ''}`);
    }
  }

  function drawSettings(id: string, { traits }: Service): ChannelSettings {
    const { pace } = channelSettings(id);
    return channelSettings(id, {
      corrections: traits.replies && dice.chance(0.5) ? 'reply' : 'edit',
      withdrawals: traits.replies && dice.chance(0.3) ? 'reply' : 'delete',
      pace: { ...pace, settle: dice.pick([0, 0, 20_000]), gap: dice.chance(0.2) ? 30_000 : 0 },
    });
  }
}
