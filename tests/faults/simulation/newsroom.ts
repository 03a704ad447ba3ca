/** The newsroom of one run: what its desk and its people do, at the worst moments. */

import { enqueueDelivery } from '#jobs/deliver-post.ts';
import type { Deps } from '#jobs/deps.ts';
import { plannedChannels } from '#jobs/finding.ts';
import { withdraw } from '#jobs/withdraw-article.ts';
import { planCreate, planRevision } from '#src/core/delivery-plan.ts';
import type { Ledger } from '#src/stores/ledger.ts';
import { newArticle, newRevision, sampleArticle } from '#tests/contracts/ledger/samples.ts';
import type { Fleet, Worker } from '#tests/faults/simulation/fleet.ts';
import type { People } from '#tests/faults/simulation/people.ts';
import type { Service } from '#tests/faults/simulation/services.ts';
import type { World } from '#tests/faults/simulation/world.ts';

const minute = 60_000;

/** The lead of a revision that mended slips alone. */
export const slip = 'Sáng 25/11, cây cầu đã thông xe.';

export interface Newsroom {
  articles: string[];
  /** When a reader asked for no more, by channel and reader. */
  leftAt: Map<string, number>;
  /** Since when all posting is stopped. */
  stoppedSince: number | null;
  /** Something is on its way to readers just now. */
  onSending(articleId: string): void;
  /** Ends every stop and pause. */
  letGo(): Promise<void>;
}

interface Plan {
  ledger: Ledger;
  services: ReadonlyMap<string, Service>;
  people: People;
  site: Deps['settings']['site'];
  /** Milliseconds in which things happen. */
  lasts: number;
}

export function openNewsroom({ ledger, services, people, site, lasts }: Plan, fleet: Fleet, world: World): Newsroom {
  const { dice } = world;
  const wall = () => world.now + world.wallOffset;
  const newsroom: Newsroom = {
    articles: [],
    leftAt: new Map(),
    stoppedSince: null,
    onSending(articleId) {
      if (world.faults && dice.chance(0.25))
        world.after(dice.below(dice.chance(0.5) ? 1_500 : 60_000), () => act(articleId));
    },
    async letGo() {
      await ledger.switches.resume({ by: 'anna', now: wall() });
      newsroom.stoppedSince = null;
      await resumeAll(() => true);
      await people.approveAll();
      const held = await ledger.articles.list({ state: 'held', limit: 10 });
      for (const { id } of held) await ledger.articles.release(id, wall(), []);
    },
  };

  const count = dice.between(1, 3);
  for (let n = 1; n <= count; n++) world.after(n === 1 ? 0 : dice.below(lasts / 2), () => publish(`article${n}`));
  for (let n = dice.below(4); n > 0; n--) {
    world.after(dice.below(lasts), () => newsroom.articles.length > 0 && act(dice.pick(newsroom.articles)));
  }
  for (let at = 45_000; at < lasts; at += 60_000) world.after(at, lookAtLedger);
  return newsroom;

  function publish(id: string): void {
    newsroom.articles.push(id);
    const photos = dice.chance(0.5) ? dice.below(20_000) : 0;
    const ahead = dice.chance(0.08) ? dice.between(11 * minute, 20 * minute) : -dice.below(minute);
    const publishedAt = new Date(wall() + ahead).toISOString();
    const url = `https://bao.example/${id}`;
    const section = dice.chance(0.25) ? 'Nóng' : 'Thời sự';
    const article = sampleArticle({ headline: `Bản 1 của ${id}`, url, section, publishedAt });
    fleet.task(`publish ${id}`, async (worker) => {
      const { articles } = worker.deps.ledger;
      if (!(await articles.get(id))) {
        const now = worker.process.clock.now();
        const channels = await plannedChannels(asDeps(worker), now);
        const deliveries = planCreate({
          articleId: id,
          article,
          sourceId: 'portal',
          baseline: false,
          channels,
          site,
          now,
        });
        await articles.create(newArticle(id, { article, deliveries, now }));
        world.tell(() => `${id} is written`);
      }
      makeReady(id, 1, photos);
    });
  }

  /** Its photos take their time; then what waited may go. */
  function makeReady(id: string, revision: number, photos: number): void {
    world.after(photos, () =>
      fleet.task(`publish ${id} r${revision}`, async ({ deps, process }) => {
        await deps.ledger.articles.markReady(id, revision, process.clock.now(), []);
        await hintWaiting(id, deps.ledger);
      }),
    );
  }

  async function hintWaiting(id: string, from: Pick<Ledger, 'deliveries'>): Promise<void> {
    for (const row of await from.deliveries.list({ articleIds: [id], states: ['waiting', 'retry'], limit: 100 })) {
      await enqueueDelivery(row, fleet.jobs);
    }
  }

  function revise(id: string): void {
    const changes = dice.chance(0.2) ? ['typo'] : ['headline'];
    const photos = dice.chance(0.4) ? dice.below(60_000) : 0;
    const takenForNew = dice.chance(0.3);
    let written = 0;
    fleet.task(`revise ${id}`, async (worker) => {
      const { articles, deliveries } = worker.deps.ledger;
      const stored = await articles.get(id);
      if (!stored || stored.state === 'withdrawn') return;
      if (written === 0 || stored.revision < written) {
        const now = worker.process.clock.now();
        const revision = stored.revision + 1;
        const url = `https://bao.example/${id}`;
        const { publishedAt, section } = stored;
        const lead = changes[0] === 'typo' ? slip : 'Sáng 25/11, cây cầu đã thông xe';
        const article = sampleArticle({ headline: `Bản ${revision} của ${id}`, lead, url, section, publishedAt });
        const channels = await plannedChannels(asDeps(worker), now);
        const existing = await deliveries.list({ articleIds: [id], limit: 100 });
        const plan = { articleId: id, article, sourceId: 'portal', baseline: false, channels, site, now };
        // Whoever takes a known story for a new one asks for a second create: the ledger refuses it.
        const again = takenForNew ? planCreate(plan).map((row) => ({ ...row, key: `${row.key}-again` })) : [];
        const rows = planRevision({ stored, article, revision, changes, existing, channels, site, now });
        written = revision;
        const { keys } = newArticle(id);
        const made = await articles.revise(
          newRevision(id, stored.revision, { keys, article, changes, deliveries: [...again, ...rows], now }),
        );
        if (!made) throw new Error('lost to another reading');
        world.tell(() => `${id} r${revision} is written, with ${made.deliveries.length} corrections`);
      }
      makeReady(id, written, photos);
    });
  }

  function takeBack(id: string): void {
    fleet.task(`withdraw ${id}`, async (worker) => {
      await withdraw({ articleId: id, reason: 'a mistake', by: 'newsroom' }, asDeps(worker));
      world.tell(() => `${id} is withdrawn`);
    });
  }

  function act(id: string): void {
    const chance = dice.next();
    if (chance < 0.35) revise(id);
    else if (chance < 0.6) takeBack(id);
    else if (chance < 0.68) void hold(id);
    else if (chance < 0.76) void stopAll();
    else if (chance < 0.82) void pause(dice.pick([...services.keys()]));
    else if (chance < 0.86) fleet.flush();
    else if (chance < 0.93) fleet.strike();
    else if (chance < 0.95) postByHand(id);
    else if (chance < 0.98) void leave();
    else jump();
  }

  /** The desk does not wait for Loa. */
  function postByHand(id: string): void {
    const service = services.get(dice.pick([...services.keys()]))!;
    const posted = service.postByHand(`https://bao.example/${id}`);
    world.tell(() => `the desk posts ${id} on ${service.channelId} itself: ${posted}`);
  }

  /** A reader wants no more. */
  async function leave(): Promise<void> {
    const { channelId, traits } = services.get(dice.pick([...services.keys()]))!;
    const [part = ''] = traits.parts;
    if (part === '') return;
    await ledger.optOuts.add(channelId, part, wall());
    newsroom.leftAt.set(`${channelId} ${part}`, newsroom.leftAt.get(`${channelId} ${part}`) ?? world.now);
    world.tell(() => `${part} wants no more of ${channelId}`);
  }

  async function hold(id: string): Promise<void> {
    if (!(await ledger.articles.hold(id, wall(), []))) return;
    world.tell(() => `${id} is held`);
    world.after(dice.between(1_000, 300_000), async () => {
      world.lastBlow = world.now;
      await ledger.articles.release(id, wall(), []);
      await hintWaiting(id, ledger);
    });
  }

  async function stopAll(): Promise<void> {
    await ledger.switches.stop({ by: 'anna', reason: null, now: wall() });
    world.tell(() => 'all posting is stopped');
    newsroom.stoppedSince ??= world.now;
    world.after(dice.between(5_000, 200_000), async () => {
      if (!(await ledger.switches.resume({ by: 'anna', now: wall() }))) return;
      world.tell(() => 'posting goes on');
      newsroom.stoppedSince = null;
      world.lastBlow = world.now;
    });
  }

  async function pause(channelId: string): Promise<void> {
    await ledger.channels.update(channelId, { paused: true, pausedReason: 'by anna' });
    world.tell(() => `${channelId} is paused`);
    world.after(dice.between(5_000, 200_000), () => resume(channelId));
  }

  async function resume(channelId: string): Promise<void> {
    await ledger.channels.update(channelId, { paused: false, pausedReason: null });
    world.lastBlow = world.now;
  }

  async function resumeAll(which: () => boolean): Promise<void> {
    for (const { paused, channelId } of await ledger.channels.all()) if (paused && which()) await resume(channelId);
  }

  function jump(): void {
    // Set back for longer than a key is kept, nothing tells how long ago a try was.
    const forgets = [...services.values()].some(({ traits }) => traits.kind === 'keyed, then listed');
    world.lastBlow = world.now;
    world.hasJumped = true;
    world.wallOffset += dice.pick(forgets ? [-90_000, 90_000, 3_600_000] : [-3_600_000, -90_000, 90_000, 3_600_000]);
    world.tell(() => `the clock jumps: ${world.wallOffset / 1000} s from the truth`);
  }

  /** Someone looks at what waits for people, now and then, and decides some of it. */
  async function lookAtLedger(): Promise<void> {
    await resumeAll(() => dice.chance(0.5));
    await people.look();
  }

  function asDeps({ deps, process }: Worker): Deps {
    const { ledger: through, channels } = deps;
    const settings = { site, feeds: [] };
    return {
      ledger: through,
      settings,
      channels,
      clock: process.clock,
      jobs: fleet.jobs,
      journal: { note() {} },
    } as never;
  }
}
