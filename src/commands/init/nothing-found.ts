/** Why a site cannot be watched as it is, and what to do. */
import type { Look } from '#src/commands/init/look.ts';
import { triedKinds } from '#src/commands/init/ways.ts';
import { UserError } from '#src/core/errors.ts';
import { tidy } from '#src/core/text.ts';
import { parsePage, selectAll, textOf } from '#src/markup/html.ts';

const nearlyNothing = 200;

export function nothingFound({ page, trials }: Look): UserError {
  if (trials.length > 0) {
    const needs = trials.find(({ way }) => way.needs !== null);
    const lines = trials.map(({ way, failure }) => `  ${way.kind}: ${way.found}: ${failure}`);
    return new UserError([`Nothing found at ${page.url} can be used as it is:`, ...lines].join('\n'), {
      next: needs
        ? `Get ${needs.way.needs}. Then write the source into the settings: docs/configuration.md, kind ${needs.way.kind}.`
        : 'Look at these addresses in a browser, or ask whoever runs the site for a feed.',
    });
  }
  const tried = `Tried: ${triedKinds().join(', ')}.`;
  if (isBuiltByScripts(page.html)) {
    return new UserError(
      `${page.url} is built by JavaScript in the reader's browser; without it the page holds nothing to read. ${tried}`,
      { next: 'Ask whoever runs the site for its RSS feed or the address of its CMS, and give that: loa init ADDRESS' },
    );
  }
  return new UserError(`No way to watch ${page.url} was found. ${tried}`, {
    next: 'Give the page that lists the newest articles (loa init https://…/news), or the address of a feed; or let the desk drop files into a folder source.',
  });
}

function isBuiltByScripts(html: string): boolean {
  const { body } = parsePage(html, null);
  return tidy(textOf(body)).length < nearlyNothing && selectAll(body, 'a[href]').length < 5 && /<script\b/i.test(html);
}
