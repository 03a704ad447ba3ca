/** Posts that wait for a person: read, written anew where it must be, and let go. */
import { type Html, html, linkTo } from '#src/console/html.ts';
import { type Looking, told } from '#src/console/looking.ts';
import { timeAgo } from '#src/console/moments.ts';
import { type Delivery, isAwaited, isCarried } from '#src/core/delivery.ts';
import { fill } from '#src/core/fill.ts';
import type { PostView } from '#src/core/preview.ts';

/** A row that waits for a person, with the post that it would send. */
export interface Draft {
  delivery: Delivery;
  /** Of the article that it is made of. */
  revision: number;
  post: PostView;
}

/** What waits, as the first page lists it. */
export interface Awaited {
  articleId: string;
  headline: string;
  language: string;
  channelId: string;
  since: number;
}

/** What a person has to decide. Where each reader gets a post of their own, one stands for all: they are approved together. */
export function toDecide(rows: readonly Delivery[]): Delivery[] {
  const seen = new Map<string, Delivery>();
  for (const row of rows.filter((one) => isAwaited(one) && !isCarried(one, rows))) {
    const name = [row.articleId, row.channelId, row.op, row.asReply].join(' ');
    if (!seen.has(name)) seen.set(name, row);
  }
  return [...seen.values()];
}

/** The text in a field of its own; sent as it stands there. */
export function draftForm({ delivery, revision, post }: Draft, looking: Looking): Html {
  const { words } = looking;
  const { text, length, limit, unit, photos, notes, language } = post;
  const counted =
    limit === null ? fill(words.draftLength, { n: length }) : fill(words.draftLengthOf, { n: length, limit });
  const pictures = photos.map(({ url, alt }) => {
    const href = linkTo(url);
    const name = alt ?? words.noAlt;
    return html`<li>${href ? html`<a href="${href}">${name}</a>` : name}</li>`;
  });
  const rows = Math.min(14, Math.max(5, text.split('\n').length + Math.ceil(text.length / 60)));
  return html`<form method="post" action="/console/actions/deliveries/${delivery.id}/approve" class="draft">
<input type="hidden" name="back" value="/console/articles/${delivery.articleId}"><input type="hidden" name="by" value="the console"><input type="hidden" name="revision" value="${revision}">
<label>${words.draft}<textarea name="text" rows="${rows}" lang="${language}" dir="auto" required>${text}</textarea></label>
<p class="hint">${counted} ${unit}</p>
${pictures.length > 0 && html`<p class="hint">${words.draftPhotos}</p><ol class="hint" lang="${language}">${pictures}</ol>`}
${notes.length > 0 && html`<ul class="hint">${notes.map((note) => html`<li>${told(note, looking)}</li>`)}</ul>`}
<button class="button">${words.approve}</button></form>`;
}

/** Null when nothing waits. */
export function awaitedPanel(awaited: readonly Awaited[], looking: Looking): Html | null {
  if (awaited.length === 0) return null;
  const { words } = looking;
  const items = awaited.map(
    ({ articleId, headline, language, channelId, since }) =>
      html`<li class="waiting"><b>${channelId}</b> <span><a href="/console/articles/${articleId}" lang="${language}" dir="auto">${headline}</a> <small>${words.since} ${timeAgo(since, looking)}</small></span></li>`,
  );
  return html`<section class="panel"><h2>${words.toApprove}</h2><ul class="rows">${items}</ul></section>`;
}
