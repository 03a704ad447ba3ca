/** Several worker processes over one ledger, the queue of hints between them, and the sweep. */
import type { Deps } from '#jobs/deps.ts';
import { sweepDue } from '#jobs/sweep.ts';
import type { Channel } from '#src/channels/channel.ts';
import type { Outcome } from '#src/core/outcome.ts';
import { createSeal } from '#src/core/seal.ts';
import type { ChannelSettings, Settings } from '#src/core/settings.ts';
import { deliverPost } from '#src/delivery/deliver.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';
import { reconcilePost } from '#src/delivery/reconcile.ts';
import { createStopped } from '#src/ops/stopped.ts';
import type { JobRequest, Jobs } from '#src/queue/job.ts';
import type { Ledger } from '#src/stores/ledger.ts';
import type { RecordingAlerts } from '#tests/fakes/alerts.ts';
import { silentLog } from '#tests/fakes/log.ts';
import { createProcess, type Fates, type Process, throughProcess } from '#tests/faults/simulation/process.ts';
import type { World } from '#tests/faults/simulation/world.ts';

export interface Worker {
  process: Process;
  deps: DeliveryDeps;
  running: Set<Hint>;
}

interface Hint {
  kind: string;
  payload: unknown;
  tries: number;
  lost: boolean;
  /** When it is to run; null while it does. */
  at: number | null;
}

export interface Fleet {
  jobs: Jobs;
  /** Work of the newsroom: done by any worker, again by another one should that one die, until it is done. */
  task(name: string, work: (worker: Worker) => Promise<void>): void;
  /** All hints are gone. */
  flush(): void;
  /** One of the workers is killed, frozen or told to stop. */
  strike(): void;
  isIdle(): boolean;
}

export interface FleetPlan {
  workers: number;
  fates: Fates;
  /** How likely a hint gets lost. */
  loss: number;
  settings: Pick<Settings, 'site' | 'publicUrl' | 'guards' | 'summarizer' | 'feeds'>;
  /** The protocol's own parts, wrapped by who wants to see whether their loss shows. */
  ledger: Ledger;
  deliver?: typeof deliverPost;
  reconcile?: typeof reconcilePost;
  channels(process: Process): { settings: ChannelSettings; channel: Channel<any, any> }[];
  alerts: RecordingAlerts;
}

export function createFleet(plan: FleetPlan, world: World): Fleet {
  const { dice } = world;
  const workers: (Worker | null)[] = [];
  const known = new Map<string, Hint>();
  let open = 0;
  let calm = 0;

  const fleet: Fleet = {
    jobs: {
      add: async (request) => add(request),
      addFlow: async () => {},
    },
    task(name, work) {
      open += 1;
      let ended = false;
      const attempt = (): void => {
        const worker = someone();
        if (!worker) {
          world.after(1_000, attempt);
          return;
        }
        // A killed worker's task is taken up again, a frozen one's perhaps while it is still at it.
        world.after(dice.between(14_000, 32_000), () => {
          if (!ended && (worker.process.isDead() || worker.process.isFrozen() || dice.chance(0.1))) attempt();
        });
        work(worker).then(
          () => {
            if (!ended) open -= 1;
            ended = true;
          },
          (error: Error) => {
            world.tell(() => `${name} failed on ${worker.process.name}: ${error.message}`);
            if (!/connection|lost to|duplicate key/.test(error.message)) world.failure = error;
            else if (!ended) world.after(1_000, attempt);
          },
        );
      };
      attempt();
    },
    flush() {
      world.tell(() => 'the queue is emptied');
      world.lastBlow = world.now;
      for (const hint of known.values()) hint.lost = true;
      known.clear();
    },
    strike() {
      const worker = someone();
      if (!worker) return;
      const what = dice.pick(['kill', 'freeze', 'stop'] as const);
      if (what !== 'stop') world.tell(() => `${worker.process.name}: ${what}`);
      if (what === 'stop') worker.process.stop();
      else if (what === 'kill') worker.process.kill();
      else worker.process.freeze(dice.between(5_000, 600_000));
    },
    isIdle: () => open === 0 && known.size === 0 && !workers.some((one) => one?.process.isStiff()),
  };

  for (let n = 0; n < plan.workers; n++) begin(n, 1);
  world.after(dice.below(30_000), sweep);
  return fleet;

  function begin(place: number, life: number): void {
    const name = `worker ${place + 1}${'′'.repeat(life - 1)}`;
    const process = createProcess(name, world, plan.fates, (how) => {
      const ours = workers[place];
      const comesBack = how === 'killed' || how === 'stopped';
      const isMissed = comesBack || how.frozen > 15_000;
      if (isMissed) for (const hint of ours?.running ?? []) again(hint, dice.between(13_000, 32_000));
      if (!comesBack) return;
      workers[place] = null;
      world.after(dice.between(500, 20_000), () => begin(place, life + 1));
    });
    const worker: Worker = { process, deps: depsFor(process), running: new Set() };
    if (life > 1) {
      world.tell(() => `${name} starts`);
      // Only whoever is alone knows that nobody else sends.
      const alone =
        plan.workers === 1 ? worker.deps.ledger.deliveries.endClaims(process.clock.now()) : Promise.resolve();
      alone.then(() => sweepBy(worker)).catch(expected);
    }
    workers[place] = worker;
  }

  function depsFor(process: Process): DeliveryDeps {
    const { articles, deliveries, photos, channels, secrets, rates, optOuts, summaries, switches } = plan.ledger;
    const stores = { articles, deliveries, photos, channels, secrets, rates, optOuts, summaries, switches };
    const through = Object.entries(stores).map(([of, store]) => [of, throughProcess(process, store, of)]);
    const ledger = Object.fromEntries(through) as typeof stores;
    return {
      ledger,
      alerts: plan.alerts,
      journal: { note() {} },
      channels: new Map(plan.channels(process).map((one) => [one.settings.id, one])),
      settings: plan.settings,
      http: { request: () => Promise.reject(new Error('no network here')) },
      board: { put: () => Promise.reject(new Error('no board here')), take: async () => {} },
      connect: () => Promise.reject(new Error('no network here')),
      seal: createSeal(new Uint8Array(32)),
      files: { read: async () => null },
      clock: process.clock,
      log: silentLog,
      random: (bytes) => Uint8Array.from({ length: bytes }, () => dice.below(256)),
      fitPhoto: () => Promise.reject(new Error('no pictures here')),
      signal: process.signal,
      stopped: createStopped({ read: async () => null }, ledger.switches, plan.settings.site.timezone),
    };
  }

  function someone(): Worker | null {
    const able = workers.filter((one) => one && !one.process.isFrozen() && !one.process.signal.aborted);
    return able.length === 0 ? null : dice.pick(able);
  }

  function add({ kind, payload, delay = 0 }: JobRequest): void {
    const id = idOf(kind, payload);
    if (world.faults && dice.chance(plan.loss)) {
      world.lastBlow = world.now;
      return;
    }
    const before = known.get(id);
    const isEarlier = before !== undefined && before.at !== null && before.at > world.now + delay;
    if (before && !isEarlier && !dice.chance(world.faults ? 0.1 : 0)) return;
    // One hint for one row: moved forward, not doubled.
    if (before && isEarlier) before.lost = true;
    const hint = { kind, payload, tries: 0, lost: false, at: null };
    known.set(id, hint);
    again(hint, delay + dice.below(world.faults ? 1_000 : 20));
  }

  function again(hint: Hint, delay: number): void {
    hint.at = world.now + delay;
    world.after(delay, () => run(hint));
  }

  function run(hint: Hint): void {
    if (hint.lost) return;
    const worker = someone();
    if (!worker) {
      world.lastBlow = world.now;
      again(hint, 1_000);
      return;
    }
    const id = idOf(hint.kind, hint.payload);
    hint.at = null;
    worker.running.add(hint);
    const { deliveryId } = hint.payload as { deliveryId: string };
    const { deliver = deliverPost, reconcile = reconcilePost } = plan;
    const work = hint.kind === 'deliver-post' ? deliver : reconcile;
    work(deliveryId, worker.deps).then(
      (outcome: Outcome) => {
        worker.running.delete(hint);
        if (known.get(id) === hint) known.delete(id);
        if (outcome.kind !== 'later' || hint.lost) return;
        add({ kind: hint.kind, payload: hint.payload, delay: outcome.at - worker.process.clock.now() });
      },
      (error: Error) => {
        world.tell(() => `${hint.kind} ${deliveryId} fails on ${worker.process.name}: ${error.message}`);
        expected(error);
        worker.running.delete(hint);
        hint.tries += 1;
        if (hint.tries < 3) again(hint, dice.between(1_000, 5_000));
        else if (known.get(id) === hint) known.delete(id);
      },
    );
  }

  /** What faults explain. */
  function expected(error: Error): void {
    if (!error.message.includes('connection')) world.failure = error;
  }

  function sweep(): void {
    const worker = someone();
    if (worker) sweepBy(worker).catch(expected);
    else world.lastBlow = world.now;
    // Once nothing goes wrong any more a run of hours need not take as long.
    calm = world.faults ? 0 : calm + 1;
    world.after(calm > 24 ? 300_000 : 30_000, sweep);
  }

  function sweepBy(worker: Worker): Promise<void> {
    const { ledger, channels, settings, clock } = worker.deps;
    const nothing = async () => [];
    const deps = {
      ledger: {
        ...ledger,
        articles: { ...ledger.articles, unready: nothing },
        sources: { all: nothing, dueReadings: nothing, dueLooks: nothing },
        subscriptions: { due: nothing },
        holds: { counts: nothing },
        feeds: { all: nothing },
        alerts: { open: () => plan.alerts.open() },
      },
      ...{
        channels,
        clock,
        settings,
        alerts: plan.alerts,
        jobs: fleet.jobs,
        sources: new Map(),
        delivery: worker.deps,
      },
    };
    return sweepDue(deps as unknown as Deps);
  }
}

function idOf(kind: string, payload: unknown): string {
  return `${kind} ${(payload as { deliveryId?: string }).deliveryId ?? ''}`;
}
