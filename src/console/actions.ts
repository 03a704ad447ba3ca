/** The forms with which a person decides: plain ones that work without a script. */
import { type Html, html } from '#src/console/html.ts';
import type { Looking } from '#src/console/looking.ts';
import type { ArticleView } from '#src/console/read-newsroom.ts';
import type { Delivery, DeliveryState } from '#src/core/delivery.ts';
import type { Alert } from '#src/stores/alerts.ts';

interface Button {
  /** As the API has it: `/articles/ID/hold`. */
  path: string;
  text: string;
  /** The page to come back to. */
  back: string;
  /** Undoing it takes work. */
  isGrave?: boolean;
}

/** One click. */
function button({ path, text, back, isGrave = false }: Button, fields: Html | null = null): Html {
  return html`<form method="post" action="/console/actions${path}"><input type="hidden" name="back" value="${back}">${fields}<button class="button${isGrave && ' grave'}">${text}</button></form>`;
}

/** A click that opens a form: `label` names its one field, `name` as the API calls it. */
function asking(
  open: string,
  field: { name: string; label: string; required: boolean; type?: 'url' | 'number' },
  act: Button,
): Html {
  const { name, label, required, type = 'text' } = field;
  const input = html`<label>${label} <input name="${name}" type="${type}" maxlength="500" autocomplete="off"${required && ' required'}></label>`;
  return html`<details><summary class="button">${open}</summary>${button(act, input)}</details>`;
}

/** Hold, release, withdraw; null for an article that is withdrawn. */
export function articleActions({ article: { id, state } }: ArticleView, { words }: Looking): Html | null {
  if (state === 'withdrawn') return null;
  const back = `/console/articles/${id}`;
  const path = (action: string) => `/articles/${id}/${action}`;
  const isHeld = state === 'held';
  const first = isHeld
    ? button({ path: path('release'), text: words.release, back })
    : button({ path: path('hold'), text: words.hold, back });
  const withdraw = asking(
    words.withdraw,
    { name: 'reason', label: words.withdrawWhy, required: true },
    { path: path('withdraw'), text: words.withdrawNow, back, isGrave: true },
  );
  return html`<section class="panel decide"><h2>${words.decide}</h2><p class="hint">${words.holdMeans}</p><div class="actions">${first}${withdraw}</div></section>`;
}

const mayRetry: readonly DeliveryState[] = ['waiting', 'retry', 'parked', 'dead', 'expired', 'skipped', 'cancelled'];
const mayCancel: readonly DeliveryState[] = ['waiting', 'retry', 'parked', 'dead'];
const mayAdopt: readonly DeliveryState[] = ['waiting', 'retry', 'parked', 'dead', 'expired', 'cancelled'];

/** Post now or again, cancel, adopt: as far as the row's state lets them; null when there is nothing to decide. */
export function deliveryActions({ id, articleId, op, state }: Delivery, { words }: Looking): Html | null {
  const back = `/console/articles/${articleId}`;
  const path = (action: string) => `/deliveries/${id}/${action}`;
  const isFirst = op === 'create' && ['waiting', 'expired', 'skipped', 'cancelled'].includes(state);
  // What changes a post goes by itself, or there is nothing to change.
  const isNoTry = op !== 'create' && (state === 'waiting' || state === 'skipped');
  const forms = [
    !isNoTry &&
      mayRetry.includes(state) &&
      button({ path: path('retry'), text: isFirst ? words.postNow : words.retry, back }),
    mayCancel.includes(state) && button({ path: path('cancel'), text: words.cancel, back }),
    !isNoTry &&
      mayAdopt.includes(state) &&
      asking(
        words.adopt,
        { name: 'url', label: words.adoptUrl, required: true, type: 'url' },
        { path: path('adopt'), text: words.adoptNow, back },
      ),
  ].filter((form) => form !== false);
  return forms.length > 0 ? html`<div class="actions">${forms}</div>` : null;
}

/** What an alert asks a person to decide; null for one that asks nothing. */
export function alertActions({ cause }: Pick<Alert, 'cause'>, { words }: Looking): Html | null {
  const [, id, hold] = /^source-(.+)-(shift|burst)$/.exec(cause) ?? [];
  if (id === undefined) return null;
  const act = (name: string, text: string) => ({ path: `/sources/${id}/${name}`, text, back: '/console' });
  if (hold === 'shift') return html`<div class="actions">${button(act('fold', words.fold))}</div>`;
  const newest = asking(
    words.newest,
    { name: 'count', label: words.newestHow, required: true, type: 'number' },
    act('newest', words.newestNow),
  );
  return html`<div class="actions">${button(act('seen', words.seen))}${newest}${button(act('drip', words.drip))}</div>`;
}

export function channelActions(id: string, isPaused: boolean, { words }: Looking): Html {
  const act = isPaused
    ? { path: `/channels/${id}/resume`, text: words.resume }
    : { path: `/channels/${id}/pause`, text: words.pause };
  return html`<div class="actions">${button({ ...act, back: '/console' })}</div>`;
}

/** Sessions have no names, so the console signs for whoever sits there. */
const by = html`<input type="hidden" name="by" value="the console">`;

export function stopAction({ words }: Looking): Html {
  const input = html`${by}<label>${words.stopWhy} <input name="reason" maxlength="500" autocomplete="off"></label>`;
  const act = { path: '/stop-all', text: words.stopNow, back: '/console', isGrave: true };
  return html`<div class="actions"><details><summary class="button">${words.stopAll}</summary>${button(act, input)}</details></div>`;
}

export function resumeAction({ words }: Looking): Html {
  return html`<div class="actions">${button({ path: '/resume-all', text: words.resumeAll, back: '/console' }, by)}</div>`;
}
