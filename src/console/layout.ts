/** What every page has around it. */

import { type Html, html } from '#src/console/html.ts';
import type { PageWords } from '#src/console/page-words.ts';
import type { PageAnswer, Visitor } from '#src/core/page.ts';

/** The newsroom, as pages name it. */
export interface Site {
  name: string;
  /** BCP 47. */
  language: string;
}

export interface PageParts {
  title: string;
  site: Site;
  words: PageWords;
  /** Which entry of the navigation this is. */
  at: 'newsroom' | 'feeds' | null;
  content: Html;
  /** For programs: `<link>`s in the head. */
  head?: Html;
  /** Renews itself every few seconds. */
  live?: boolean;
  visitor: Visitor;
  status?: number;
}

export function page({
  title,
  site,
  words,
  at,
  content,
  head,
  live = false,
  visitor,
  status = 200,
}: PageParts): PageAnswer {
  const links = [
    // Readers would find nothing there.
    ...(visitor.isOperator ? [{ id: 'newsroom', href: '/console', text: words.newsroom }] : []),
    { id: 'feeds', href: '/feeds', text: words.feeds },
  ].map(({ id, href, text }) => html`<a href="${href}"${id === at && html` aria-current="page"`}>${text}</a>`);
  const body = html`<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · ${site.name}</title>
<link rel="stylesheet" href="/assets/console.css">
<link rel="icon" href="/assets/mark.svg" type="image/svg+xml">
${head ?? null}
${live && html`<script src="/assets/renew.js" defer></script>`}
</head>
<body>
<a class="skip" href="#content">${words.skip}</a>
<header class="top"><div>
<a class="brand" href="/"><img src="/assets/mark.svg" alt="" width="28" height="28"><span>${words.product}</span></a>
<span class="site" lang="${site.language}">${site.name}</span>
<nav aria-label="${words.navigation}">${links}</nav>
</div></header>
${live && html`<p class="stale" role="status" hidden>${words.stale}</p>`}
<main id="content">
${content}
</main>
</body>
</html>
`;
  return { status, contentType: 'text/html; charset=utf-8', body: body.markup };
}
