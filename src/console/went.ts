/** What became of an article on every feed and channel, and why not: one line each. */

import { deliveryActions } from '#src/console/actions.ts';
import { type Draft, draftForm } from '#src/console/approval.ts';
import { type Html, html, linkTo } from '#src/console/html.ts';
import { type Looking, telling } from '#src/console/looking.ts';
import type { ArticleView } from '#src/console/read-newsroom.ts';
import { type Delivery, isCarried } from '#src/core/delivery.ts';
import { channelStanding, type Tone } from '#src/core/standing.ts';

/** On an article's own page with the forms to decide what becomes of its posts. */
export function whereItWent(
  { deliveries, feeds }: ArticleView,
  channels: readonly { id: string }[],
  looking: Looking,
  place: 'page' | 'card',
  drafts: readonly Draft[] = [],
): Html {
  const { words } = looking;
  const title = (text: string) => (place === 'page' ? html`<h3>${text}</h3>` : html`<h4>${text}</h4>`);
  const feedRows = feeds.map(({ id, holds, why }) => row(holds ? 'good' : 'none', id, holds ? words.holds : why!));
  const channelRows = channels.map(({ id }) => {
    const own = deliveries.filter((delivery) => delivery.channelId === id);
    const { tone, text, url } = channelStanding(own, telling(looking));
    const href = linkTo(url);
    const link = href && html` <a href="${href}" rel="noreferrer">${words.openPost}</a>`;
    const forms =
      place === 'page' && own.filter((one) => !isCarried(one, own)).map((one) => deliveryForms(one, drafts, looking));
    return row(tone, id, text, html`${link}${forms}`);
  });
  return html`<div class="went">
<section>${title(words.inFeeds)}${
    feedRows.length > 0 ? html`<ul class="rows">${feedRows}</ul>` : html`<p class="hint">${words.noFeedsYet}</p>`
  }</section>
<section>${title(words.onChannels)}${
    channelRows.length > 0 ? html`<ul class="rows">${channelRows}</ul>` : html`<p class="hint">${words.noChannels}</p>`
  }</section>
</div>`;
}

function deliveryForms(delivery: Delivery, drafts: readonly Draft[], looking: Looking): Html {
  const draft = drafts.find((one) => one.delivery.id === delivery.id);
  const form = draft ? draftForm(draft, looking) : null;
  const { part, state } = delivery;
  if (part === '') return html`${form}${deliveryActions(delivery, looking)}`;
  // Of hundreds of readers, those whose post needs somebody.
  const needsSomebody = state === 'parked' || state === 'dead';
  return html`${form}${needsSomebody && html`<p class="hint">${part}</p>${deliveryActions(delivery, looking)}`}`;
}

/** One line: a mark that shows the tone by form as well as by colour, a name, what became of it. */
function row(tone: Tone, name: string, text: string, link: Html | null = null): Html {
  return html`<li class="${tone}"><b>${name}:</b> <span>${text}${link}</span></li>`;
}
