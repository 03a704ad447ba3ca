/** Nothing at this address: where to go instead. */

import type { FormatName } from '#src/console/feeds-page.ts';
import { html } from '#src/console/html.ts';
import { page } from '#src/console/layout.ts';
import type { Looking } from '#src/console/looking.ts';
import { feedPath } from '#src/core/feed-file.ts';
import type { PageAnswer } from '#src/core/page.ts';
import type { Settings } from '#src/core/settings.ts';

export function notFoundPage({ site, feeds }: Settings, formats: readonly FormatName[], looking: Looking): PageAnswer {
  const { words } = looking;
  const items = feeds.map(
    ({ id, title, language }) => html`<li><a href="/feeds/${id}" lang="${language ?? site.language}">${title}</a>
${formats.map(({ name, title: format }) => html` <a class="quiet" href="${feedPath(id, name)}">${format}</a>`)}</li>`,
  );
  const content = html`<h1>${words.notFound}</h1>
<p class="intro">${words.notFoundText}</p>
${items.length > 0 && html`<section class="panel narrow"><h2>${words.notFoundFeeds}</h2><ul>${items}</ul></section>`}`;
  return page({ title: words.notFound, looking, at: null, content, status: 404 });
}
