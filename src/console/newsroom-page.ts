/** `/console`: the newest articles with all that became of them, and beside them what feeds and troubles the worker. */

import { alertActions, channelActions, resumeAction, stopAction } from '#src/console/actions.ts';
import { awaitedPanel } from '#src/console/approval.ts';
import { articleCard } from '#src/console/article-card.ts';
import { type Html, html } from '#src/console/html.ts';
import { page } from '#src/console/layout.ts';
import { type Looking, told } from '#src/console/looking.ts';
import { timeAgo } from '#src/console/moments.ts';
import type { ChannelView, NewsroomView } from '#src/console/read-newsroom.ts';
import { fill } from '#src/core/fill.ts';
import type { PageAnswer } from '#src/core/page.ts';
import type { Stop } from '#src/core/stop.ts';
import type { Alert } from '#src/stores/alerts.ts';

export function newsroomPage(view: NewsroomView, looking: Looking): PageAnswer {
  const { words } = looking;
  const content = html`<h1>${words.consoleTitle}</h1>
${view.stop && stopped(view.stop, looking)}
<div class="columns">
<section class="panel alerts${view.alerts.length > 0 ? ' alarm' : ''}"><h2>${words.alerts}</h2>${alerts(view.alerts, looking)}</section>
<section class="stream"><h2>${words.newestArticles}</h2>
${view.articles.length > 0 ? view.articles.map((one) => articleCard(one, view.channels, looking)) : noArticles(view, looking)}
</section>
<aside>
${awaitedPanel(view.awaited, looking)}
<section class="panel"><h2>${words.sources}</h2>${sources(view, looking)}</section>
<section class="panel"><h2>${words.channels}</h2>${channels(view.channels, looking)}${view.channels.length > 0 && !view.stop && stopAction(looking)}</section>
<p class="hint">${words.renews}</p>
</aside>
</div>`;
  return page({ title: words.consoleTitle, looking, at: 'newsroom', content, live: true });
}

function stopped({ since, by, reason }: Stop, looking: Looking): Html {
  const { words } = looking;
  const who = told(by, looking);
  return html`<section class="panel alarm stopped"><h2>${words.stopped}</h2>
<p>${words.since} ${timeAgo(since, looking)}, ${reason ? fill(words.stoppedBy, { by: who, why: reason }) : who}</p>
${resumeAction(looking)}</section>`;
}

function noArticles({ sources }: NewsroomView, { words }: Looking): Html {
  const next = sources.length > 0 ? words.noArticlesNext : words.noArticlesNoSource;
  return html`<div class="card empty"><p><b>${words.noArticles}</b></p><p>${next}</p></div>`;
}

function alerts(open: readonly Alert[], looking: Looking): Html {
  const { words } = looking;
  if (open.length === 0) return html`<p class="hint">${words.noAlerts}</p>`;
  const items = open.map(
    ({ cause, message, next, firstSeenAt, count }) =>
      html`<li class="attention"><span>${told(message, looking)}${
        next && html` <em>${told(next, looking)}</em>`
      } <small>${words.since} ${timeAgo(firstSeenAt, looking)}${count > 1 && `, ${fill(words.times, { n: count })}`}</small>${alertActions({ cause }, looking)}</span></li>`,
  );
  return html`<ul class="rows">${items}</ul>`;
}

const year = 365 * 24 * 3_600_000;

function sources({ sources: all }: NewsroomView, looking: Looking): Html {
  const { words } = looking;
  if (all.length === 0) return html`<p class="hint">${words.noArticlesNoSource}</p>`;
  const items = all.map(({ id, kind, state }) => {
    if (!state || state.lastPollAt === null) {
      return html`<li class="waiting"><b>${id}</b> <small>${kind}</small> <span>${words.neverPolled}</span></li>`;
    }
    // Where others tell of changes there is no next one to speak of.
    const next =
      state.nextPollAt - looking.now < year && html`, ${words.nextPoll} ${timeAgo(state.nextPollAt, looking)}`;
    const when = html`${words.lastPoll} ${timeAgo(state.lastPollAt, looking)}${next}`;
    const isFailing = state.failures > 0;
    return html`<li class="${isFailing ? 'attention' : 'good'}"><b>${id}</b> <small>${kind}</small> <span>${
      isFailing && `${fill(words.failing, { why: told(state.lastError ?? '', looking) })}; `
    }${when}</span></li>`;
  });
  return html`<ul class="rows">${items}</ul>`;
}

function channels(all: readonly ChannelView[], looking: Looking): Html {
  const { words } = looking;
  if (all.length === 0) return html`<p class="hint">${words.noChannels}</p>`;
  const items = all.map(({ id, kind, state, counts }) => {
    const isResting = (state?.openUntil ?? 0) > looking.now;
    const tone = counts.attention > 0 ? 'attention' : state?.paused || isResting ? 'waiting' : 'good';
    const counted = [
      fill(words.posted, { n: counts.posted }),
      ...(counts.waiting > 0 ? [fill(words.waiting, { n: counts.waiting })] : []),
      ...(counts.attention > 0 ? [fill(words.attention, { n: counts.attention })] : []),
      ...(counts.notPosted > 0 ? [fill(words.notPosted, { n: counts.notPosted })] : []),
    ];
    const name = kind === 'board' ? html`<a href="/board/${id}">${id}</a>` : id;
    return html`<li class="${tone}"><b>${name}</b> <small>${kind}</small> <span>${
      state?.paused ? html`${words.paused}${state.pausedReason && `: ${told(state.pausedReason, looking)}`}. ` : null
    }${isResting && html`${words.resting} ${timeAgo(state!.openUntil!, looking)}. `}${counted.join(', ')}</span>${channelActions(id, state?.paused ?? false, looking)}</li>`;
  });
  return html`<ul class="rows">${items}</ul>`;
}
