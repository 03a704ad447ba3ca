/** What must hold when all is over, judged by what the services ever showed. */
import type { StoredArticle } from '#src/core/article.ts';
import type { Delivery } from '#src/core/delivery.ts';
import type { ChannelSettings } from '#src/core/settings.ts';
import type { Ledger } from '#src/stores/ledger.ts';
import { isOpen } from '#tests/faults/simulation/is-open.ts';
import { judgeBreaking, judgePace } from '#tests/faults/simulation/judge-pace.ts';
import { type Found, judgePost } from '#tests/faults/simulation/judge-post.ts';
import { judgeRequests } from '#tests/faults/simulation/judge-requests.ts';
import { nameOf } from '#tests/faults/simulation/name-of.ts';
import { type Newsroom, slip } from '#tests/faults/simulation/newsroom.ts';
import type { People } from '#tests/faults/simulation/people.ts';
import type { Service } from '#tests/faults/simulation/services.ts';
import type { World } from '#tests/faults/simulation/world.ts';

/** Each list holds sentences, and is empty when all is well. */
export interface Judgement {
  /** More than one post for readers where one was to be. */
  doubles: string[];
  /** Requests that were sent again by themselves though the first may have arrived, where nothing can tell. */
  repeats: string[];
  /** Without an end, or with one that is not true. */
  lost: string[];
  /** Anything else that may not be. */
  wrong: string[];
  parked: number;
  /** Second posts of a worker that was frozen between its gate and its request for longer than anybody can wait. */
  frozenInTheGate: number;
}

export interface Evidence {
  ledger: Ledger;
  /** Causes of every alert there was. */
  told: ReadonlySet<string>;
  newsroom: Newsroom;
  people: People;
  world: World;
  services: ReadonlyMap<string, Service>;
  settings: ReadonlyMap<string, ChannelSettings>;
}

const finalStates = ['sent', 'expired', 'skipped', 'cancelled', 'dead', 'parked'];

export async function judge(evidence: Evidence): Promise<Judgement> {
  const { ledger, told, newsroom, people, services, settings } = evidence;
  const verdict: Judgement = { doubles: [], repeats: [], lost: [], wrong: [], parked: 0, frozenInTheGate: 0 };
  for (const service of services.values()) {
    const forbidden = service.wires.filter((wire) => wire.forbidden !== null);
    for (const { op, forbidden: why } of forbidden) verdict.wrong.push(`a ${op} left for ${service.channelId}: ${why}`);
  }
  judgePace(evidence, verdict);
  for (const articleId of newsroom.articles) {
    const article = await ledger.articles.get(articleId);
    if (!article) {
      verdict.lost.push(`${articleId} was never written`);
      continue;
    }
    const rows = await ledger.deliveries.list({ articleIds: [articleId], limit: 1000 });
    for (const row of rows) judgeRow(row, rows, told, verdict);
    for (const service of services.values()) {
      const own = rows.filter(({ channelId }) => channelId === service.channelId);
      judgeRequests(own, service, people, verdict);
      const silent = service.traits.editNotifies ? await slipsOf(article, ledger) : new Set<number>();
      for (const part of service.traits.parts) {
        const rowsOfPart = own.filter((row) => row.part === part);
        judgePart(
          rowsOfPart,
          { service, article, settings: settings.get(service.channelId)!, newsroom, silent },
          verdict,
        );
      }
    }
  }
  return verdict;
}

async function slipsOf({ id, revision }: StoredArticle, { articles }: Ledger): Promise<Set<number>> {
  const slips = new Set<number>();
  for (let number = 2; number <= revision; number++) {
    if ((await articles.revision(id, number))?.lead === slip) slips.add(number);
  }
  return slips;
}

function judgeRow(row: Delivery, rows: Delivery[], told: ReadonlySet<string>, verdict: Judgement): void {
  const { id, state, reason } = row;
  if (!finalStates.includes(state) && isOpen(row, rows)) {
    verdict.lost.push(`${nameOf(row)} is ${state} for ever: ${reason}`);
  }
  if (state === 'parked') verdict.parked += 1;
  if ((state === 'parked' || state === 'dead') && !told.has(`delivery:${id}:${state}`)) {
    verdict.wrong.push(`nobody was told that ${nameOf(row)} is ${state}: ${reason}`);
  }
}

function judgePart(rows: Delivery[], found: Found, verdict: Judgement): void {
  const creates = rows.filter(({ op }) => op === 'create');
  const [create] = creates;
  const { channelId } = found.service;
  if (create && creates.length === 1) {
    judgePost(create, rows, found, verdict);
    judgeBreaking(create, found, verdict);
  } else verdict.lost.push(`${found.article.id} has ${creates.length} creates on ${channelId}`);
}
