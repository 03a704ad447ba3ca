/** What must hold when all is over, judged by what the services ever showed. */
import type { Delivery } from '#src/core/delivery.ts';
import { isOpen } from '#tests/faults/simulation/is-open.ts';
import type { Ledger } from '#src/stores/ledger.ts';
import type { RecordingAlerts } from '#tests/fakes/alerts.ts';
import type { Newsroom } from '#tests/faults/simulation/newsroom.ts';
import { type Entry, type Service, serviceClass, type Wire } from '#tests/faults/simulation/services.ts';

export interface Judgement {
  /** Each a sentence; empty when all is well. */
  doubles: string[];
  repeats: string[];
  lost: string[];
  wrong: string[];
  parked: number;
  frozenInTheGate: number;
}

const finalStates = ['sent', 'expired', 'skipped', 'cancelled', 'dead', 'parked'];

export async function judge(
  services: ReadonlyMap<string, Service>,
  { ledger, alerts, newsroom }: { ledger: Ledger; alerts: RecordingAlerts; newsroom: Newsroom },
): Promise<Judgement> {
  const verdict: Judgement = { doubles: [], repeats: [], lost: [], wrong: [], parked: 0, frozenInTheGate: 0 };
  const told = new Set(alerts.story.filter((line) => line.startsWith('raise')).map((line) => line.slice(6)));
  for (const articleId of newsroom.articles) {
    const article = await ledger.articles.get(articleId);
    if (!article) {
      verdict.lost.push(`${articleId} was never written`);
      continue;
    }
    const rows = await ledger.deliveries.list({ articleIds: [articleId], limit: 1000 });
    for (const row of rows) {
      if (!finalStates.includes(row.state) && isOpen(row, rows)) verdict.lost.push(`${nameOf(row)} is ${row.state} for ever: ${row.reason}`);
      if (row.state === 'parked') verdict.parked += 1;
      const isTold = told.has(`delivery:${row.id}:${row.state}`);
      if ((row.state === 'parked' || row.state === 'dead') && !isTold) verdict.wrong.push(`nobody was told that ${nameOf(row)} is ${row.state}: ${row.reason}`);
    }
    for (const service of services.values()) {
      const mine = rows.filter(({ channelId }) => channelId === service.channelId);
      const creates = mine.filter(({ op }) => op === 'create');
      if (creates.length !== 1) verdict.lost.push(`${articleId} has ${creates.length} creates on ${service.channelId}`);
      const [create] = creates;
      if (!create) continue;
      judgeCreate(create, service, newsroom, verdict);
      judgeChanges(create, mine, service, verdict);
      judgeStanding(create, mine, service, article, verdict);
    }
  }
  return verdict;
}

function judgeCreate(create: Delivery, service: Service, { handRetried }: Newsroom, verdict: Judgement): void {
  const shown = service.record.filter(({ op, wire }) => op === 'create' && isOf(wire, create, service));
  if (create.state === 'sent' && shown.length === 0) verdict.lost.push(`${nameOf(create)} is sent, and was never shown`);
  if (handRetried.has(create.id)) return;
  const extras = shown.slice(1);
  const residual = shown.filter(({ wire }) => wire.frozenInTheGate).length;
  const excused = serviceClass(service.traits) === 'A' && service.traits.kind === 'keyed' ? 0 : Math.min(residual, 1);
  verdict.frozenInTheGate += Math.min(extras.length, excused);
  if (extras.length > excused) verdict.doubles.push(`${nameOf(create)} was shown ${shown.length} times: ${shown.map(({ id }) => id).join(' ')}`);
  if (service.traits.kind !== 'blind') return;
  const sent = service.wires.filter((wire) => wire.op === 'create' && wire.key === create.key);
  const repeated = sent.filter((wire, index) => !wire.frozenInTheGate && sent.slice(0, index).some((before) => before.told !== 'not shown' && !before.frozenInTheGate));
  if (repeated.length > 0) verdict.repeats.push(`${nameOf(create)} was sent again after a request that may have arrived`);
}

/** Its own key, whatever the key of its channel's other requests. */
function isOf(wire: Wire, create: Delivery, _service: Service): boolean {
  return wire.key === create.key;
}

function judgeChanges(create: Delivery, rows: Delivery[], service: Service, verdict: Judgement): void {
  const keys = new Set(rows.map(({ key }) => key));
  const own = new Set(service.record.filter(({ op, wire }) => op === 'create' && wire.key === create.key).map(({ id }) => id));
  for (const { op, wire, id } of service.record) {
    if (op !== 'create' && op !== 'reply' && keys.has(wire.key) && !own.has(id)) verdict.wrong.push(`${op} of ${nameOf(create)} touched ${id}`);
  }
}

function judgeStanding(
  create: Delivery,
  rows: Delivery[],
  service: Service,
  article: { state: string; revision: number; readyRevision: number },
  verdict: Judgement,
): void {
  const post = create.remote && service.posts.get(create.remote.id.split('/').at(-1)!);
  if (!post) return;
  const withdrawal = rows.find(({ op, state }) => op === 'withdraw' && state === 'sent');
  if (withdrawal && !withdrawal.asReply) {
    const standing = [...service.posts.values()].filter(({ key, taken }) => key === create.key && !taken);
    if (standing.some(({ id }) => id === post.id)) verdict.wrong.push(`${nameOf(create)} was taken back, and stands there`);
    return;
  }
  if (post.taken || article.state === 'withdrawn' || create.state !== 'sent' || !service.traits.edits) return;
  const newest = rows.filter(({ op, asReply }) => op === 'edit' && !asReply).sort((a, b) => b.revision - a.revision)[0];
  if (newest && newest.state !== 'sent' && newest.state !== 'skipped') return;
  const shown = revisionShown(post.text);
  if (shown < article.revision) verdict.wrong.push(`${nameOf(create)} stands with revision ${shown} of ${article.revision}; its newest edit: ${newest ? `r${newest.revision} ${newest.state}: ${newest.reason}` : 'none'}`);
}

function revisionShown(text: string): number {
  return Number(/Bản (\d+) của/.exec(text)?.[1] ?? 0);
}

export function nameOf({ id, articleId, channelId, op }: Delivery): string {
  return `${op} ${id} of ${articleId} on ${channelId}`;
}

export type { Entry };
