/** One run: a newsroom, services, workers, and everything that can go wrong, all from one number. */
import type { Channel } from '#src/channels/channel.ts';
import type { ChannelSettings, Settings } from '#src/core/settings.ts';
import type { deliverPost } from '#src/delivery/deliver.ts';
import type { reconcilePost } from '#src/delivery/reconcile.ts';
import type { Ledger } from '#src/stores/ledger.ts';
import { recordingAlerts } from '#tests/fakes/alerts.ts';
import { channelSettings } from '#tests/fakes/delivery-bench.ts';
import { createBorder, watchClaims, watchPauses } from '#tests/faults/simulation/border.ts';
import { createDice, type Dice } from '#tests/faults/simulation/dice.ts';
import { createFleet } from '#tests/faults/simulation/fleet.ts';
import { isOpen } from '#tests/faults/simulation/is-open.ts';
import { openNewsroom } from '#tests/faults/simulation/newsroom.ts';
import { type Judgement, judge } from '#tests/faults/simulation/oracle.ts';
import { createPeople } from '#tests/faults/simulation/people.ts';
import { createProcess, type Fates, type Process, steps } from '#tests/faults/simulation/process.ts';
import { createService, drawTraits, type Service, type ServiceKind } from '#tests/faults/simulation/services.ts';
import { tellEnd } from '#tests/faults/simulation/tell-end.ts';
import { watchDoubt } from '#tests/faults/simulation/watch.ts';
import { channelOf } from '#tests/faults/simulation/wire.ts';
import { createWorld, start } from '#tests/faults/simulation/world.ts';

const minute = 60_000;
const hour = 60 * minute;
const site: Settings['site'] = {
  name: 'Báo Ví Dụ',
  url: 'https://bao.example',
  language: 'vi',
  timezone: 'Asia/Ho_Chi_Minh',
};
const kinds: ServiceKind[] = ['keyed', 'keyed, then listed', 'listed', 'listed in part', 'blind'];
const nothing: Fates = { kill: 0, freeze: 0, cut: 0, focus: { step: '', chance: 0 } };

/** Between the last gate and the request, for longer than anybody can wait for the worker. */
export const frozenInTheGate: Fates = {
  ...nothing,
  focus: { step: 'channel.publish', chance: 0.6, only: 'freezes' },
  long: true,
};

/** What is put in the place of a part of the protocol, to see that its loss shows. */
export interface Changes {
  ledger?(ledger: Ledger): Ledger;
  deliver?: typeof deliverPost;
  reconcile?: typeof reconcilePost;
  /** Strikes where the part is needed. */
  fates?: Partial<Fates>;
  workers?: number;
}

/** The ledger must be empty. `story` gets a line for everything that happens. Throws what no fault explains. */
export async function simulate(
  seed: number,
  opened: Ledger,
  { story = null, changes = {} }: { story?: string[] | null; changes?: Changes } = {},
): Promise<Judgement> {
  const dice = createDice(seed);
  const world = createWorld(dice, story);
  const { ledger: kept, since: pauses } = watchPauses(opened, world);
  const watched = watchClaims(changes.ledger?.(kept) ?? kept);
  const alerts = recordingAlerts(() => world.now);
  const lasts = dice.between(4, 8) * minute;
  const deskWindow = dice.chance(0.3) ? 24 * hour : 0;

  const isLong = dice.chance(0.07);
  const perMinute = dice.chance(0.25) ? dice.between(2, 4) : null;
  const services = new Map<string, Service>();
  const settings = new Map<string, ChannelSettings>();
  const drawn = shuffled(kinds, dice).slice(0, dice.between(2, 3));
  // One that can be looked at, and one that cannot: the others need no second try of what nobody knows.
  for (const kind of isLong ? (['listed', 'blind'] as const) : drawn) {
    const id = kind.replaceAll(/\W+/g, '-');
    const service = createService(id, drawTraits(kind, perMinute, dice), world);
    services.set(id, service);
    settings.set(id, drawSettings(service, dice));
    await opened.channels.state(id, start - minute);
    world.tell(() => `${id}: ${JSON.stringify(service.traits)}, ${JSON.stringify(settings.get(id)!.pace)}`);
  }

  const border = createBorder(watched, { world, pauses, settings, zone: site.timezone, newsroom: () => newsroom });
  const watch = watchDoubt(opened, (key) => watched.claims.get(key), world);
  const configured = (process: Process) =>
    [...services.values()].map((service) => {
      const channel: Channel<any, any> = channelOf(service, process, world, { ...border, left: watch.left });
      return { settings: structuredClone(settings.get(service.channelId)!), channel };
    });
  const composing = { site, publicUrl: 'https://loa.example', summarizer: null };
  const guards = { burst: 10, goneGrace: hour, deskWindow };
  const fleet = createFleet(
    {
      ...{
        workers: changes.workers ?? (isLong ? 4 : dice.pick([1, 2, 2, 2, 4])),
        fates: { ...(isLong ? frozenInTheGate : drawFates(dice)), ...changes.fates },
        loss: dice.pick([0, 0.1, 0.4]),
        alerts,
      },
      ledger: watched.ledger,
      settings: { ...composing, feeds: [], guards },
      channels: configured,
      ...(changes.deliver && { deliver: changes.deliver }),
      ...(changes.reconcile && { reconcile: changes.reconcile }),
    },
    world,
  );
  // People's commands, which nothing strikes.
  const own = configured(createProcess('anna', world, nothing, () => {}));
  const channels = new Map(own.map((one) => [one.settings.id, one]));
  const people = createPeople({ ledger: kept, alerts, services, channels, settings: composing }, fleet, world);
  const newsroom = openNewsroom({ ledger: kept, services, people, site, lasts }, fleet, world);

  let ended = false;
  world.after(lasts, () => {
    world.faults = false;
    world.lastBlow = world.now;
    world.tell(() => 'from here on nothing goes wrong any more');
    return letGo();
  });
  // Long after everything must have come to an end.
  world.after(lasts + 4 * hour, () => {
    ended = true;
  });
  await world.run(() => ended);
  if (world.failure) throw world.failure;
  const told = new Set(alerts.story.filter((line) => line.startsWith('raise ')).map((line) => line.slice(6)));
  const verdict = await judge({ ledger: opened, told, newsroom, people, world, services, settings });
  verdict.wrong.push(...watch.late);
  if (story) await tellEnd(newsroom.articles, opened, world);
  return verdict;

  async function letGo(): Promise<void> {
    await newsroom.letGo();
    const rows = await opened.deliveries.list({ states: ['waiting', 'retry', 'sending', 'parked'], limit: 1000 });
    ended = fleet.isIdle() && !rows.some((row) => isOpen(row, rows));
    if (!ended) world.after(world.now - start > lasts + hour / 2 ? 5 * minute : minute, letGo);
  }
}

function shuffled<T>(list: readonly T[], dice: Dice): T[] {
  return list
    .map((one) => ({ one, place: dice.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ one }) => one);
}

function drawSettings({ channelId, traits }: Service, dice: Dice): ChannelSettings {
  const { pace } = channelSettings(channelId);
  const isQuick = dice.chance(0.2);
  const isQuiet = dice.chance(0.06);
  return channelSettings(channelId, {
    approval: dice.chance(0.12) ? 'required' : 'none',
    breaking: dice.chance(0.4) ? { section: ['Nóng'] } : null,
    corrections: traits.replies && dice.chance(0.5) ? 'reply' : 'edit',
    withdrawals: traits.replies && dice.chance(0.3) ? 'reply' : 'delete',
    pace: {
      ...pace,
      settle: dice.pick([0, 0, 20_000]),
      gap: dice.chance(0.2) ? 30_000 : 0,
      ...(isQuiet && { quiet: { from: 14 * 60, to: 15 * 60 + 45 } }),
      ...(isQuick && { maxAge: 3 * minute, maxAgeTotal: 5 * minute }),
    },
  });
}

function drawFates(dice: Dice): Fates {
  const storm = dice.next();
  const focus = { step: dice.pick(steps), chance: dice.pick([0, 0.2, 0.5]) };
  return { kill: 0.003 * storm, freeze: 0.003 * storm, cut: 0.003 * storm, focus };
}
