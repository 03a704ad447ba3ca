/** Times on a page: short for the eye, exact for programs. */

import { type Html, html } from '#src/console/html.ts';
import { formatDateTime } from '#src/core/time.ts';

export interface Moments {
  now: number;
  /** IANA zone of the newsroom. */
  zone: string;
}

/** `09:31`, or `24 Nov 09:31` on another day. */
export function time(at: number, { now, zone }: Moments): Html {
  const [day, clock] = formatDateTime(at, zone).split(' ') as [string, string];
  const today = formatDateTime(now, zone).slice(0, 10);
  const date = Temporal.PlainDate.from(day).toLocaleString('en-GB', { day: 'numeric', month: 'short' });
  const text = day === today ? clock : `${date} ${clock}`;
  return html`<time datetime="${new Date(at).toISOString()}" title="${day} ${clock} (${zone})">${text}</time>`;
}
