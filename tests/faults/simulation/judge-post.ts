/** What stands at the end: nothing where it was taken back, the newest text where it is corrected. */
import type { StoredArticle } from '#src/core/article.ts';
import type { Delivery } from '#src/core/delivery.ts';
import type { ChannelSettings } from '#src/core/settings.ts';
import { nameOf } from '#tests/faults/simulation/name-of.ts';
import type { Newsroom } from '#tests/faults/simulation/newsroom.ts';
import type { Judgement } from '#tests/faults/simulation/oracle.ts';
import type { Post, Service } from '#tests/faults/simulation/services.ts';

export interface Found {
  service: Service;
  settings: ChannelSettings;
  article: StoredArticle;
  newsroom: Newsroom;
  /** Its revisions that nobody is told of here. */
  silent: ReadonlySet<number>;
}

export function judgePost(create: Delivery, rows: Delivery[], found: Found, verdict: Judgement): void {
  const { service } = found;
  const post = create.remote ? service.posts.get(create.remote.id) : undefined;
  judgeAims(create, rows, service, verdict);
  if (create.state === 'skipped' && post?.key === create.key) {
    verdict.wrong.push(`${nameOf(create)}: our own post was taken for one of the desk`);
  }
  // What came of requests that nobody could wait for any longer stands as it may.
  const isStale = service.record.some(({ wire, id }) => wire.frozenInTheGate && id === create.remote?.id);
  if (!post || post.key !== create.key || isStale) return;
  judgeWithdrawal(create, rows, { ...found, post }, verdict);
  judgeText(create, rows, { ...found, post }, verdict);
}

/** Corrections and withdrawals act on the create's own post. */
function judgeAims(create: Delivery, rows: Delivery[], { record, posts }: Service, verdict: Judgement): void {
  const keys = rows.map(({ key }) => key);
  for (const { op, wire, id } of record) {
    const isChange = op === 'edit' || op === 'withdraw';
    if (isChange && keys.includes(wire.key) && posts.get(id)?.key !== create.key) {
      verdict.wrong.push(`${op} of ${nameOf(create)} touched ${id}`);
    }
  }
}

function judgeWithdrawal(
  create: Delivery,
  rows: Delivery[],
  { article, post }: Found & { post: Post },
  verdict: Judgement,
): void {
  if (post.taken) return;
  const withdrawal = rows.find(({ op }) => op === 'withdraw');
  if (withdrawal?.state === 'sent' && !withdrawal.asReply) {
    verdict.wrong.push(`${nameOf(create)} was taken back, and stands there`);
  }
  if (!withdrawal && article.state === 'withdrawn' && create.state === 'sent') {
    verdict.wrong.push(`${nameOf(create)} stands there, its article was withdrawn, and nobody takes it back`);
  }
}

function judgeText(
  create: Delivery,
  rows: Delivery[],
  { service, settings, article, newsroom, silent, post }: Found & { post: Post },
  verdict: Judgement,
): void {
  const isEdit = ({ op, asReply }: Delivery) => op === 'edit' && !asReply;
  if (silent.size > 0 && silent.size === article.revision - 1 && rows.some(isEdit)) {
    verdict.wrong.push(`${nameOf(create)} was edited, and only slips were mended`);
  }
  if (newsroom.leftAt.has(`${create.channelId} ${create.part}`)) return;
  if (post.taken || article.state === 'withdrawn' || create.state !== 'sent') return;
  if (!service.traits.edits || settings.corrections !== 'edit') return;
  const [newest] = rows.filter(({ op }) => op === 'edit').sort((a, b) => b.revision - a.revision);
  if (newest && newest.state !== 'sent' && newest.state !== 'skipped') return;
  const shown = Number(/Bản (\d+) của/.exec(post.text)?.[1] ?? 0);
  let owed = article.revision;
  while (silent.has(owed)) owed -= 1;
  if (shown >= owed) return;
  const told = newest ? `r${newest.revision} ${newest.state}: ${newest.reason}` : 'none';
  verdict.wrong.push(`${nameOf(create)} stands with revision ${shown} of ${owed}; its newest edit: ${told}`);
}
