/** What every page has around it. */

import { type Html, html } from '#src/console/html.ts';
import { type Looking, told } from '#src/console/looking.ts';
import { signInWords } from '#src/console/sign-in-words.ts';
import { tables } from '#src/console/words.ts';
import type { PageAnswer } from '#src/core/page.ts';

export interface PageParts {
  title: string;
  looking: Looking;
  /** Which entry of the navigation this is. */
  at: 'newsroom' | 'feeds' | null;
  content: Html;
  /** For programs: `<link>`s in the head. */
  head?: Html;
  /** Renews itself every few seconds. */
  live?: boolean;
  status?: number;
}

export function page({ title, looking, at, content, head, live = false, status = 200 }: PageParts): PageAnswer {
  const { words, site, visitor } = looking;
  const links = [
    // Readers would find nothing there.
    ...(visitor.isOperator ? [{ id: 'newsroom', href: '/console', text: words.newsroom }] : []),
    { id: 'feeds', href: '/feeds', text: words.feeds },
    ...(visitor.isOperator ? [{ id: 'queues', href: '/console/queues/', text: words.queues }] : []),
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
<div class="tools">${languages(looking)}${visitor.isOperator && signOut(looking)}</div>
</div></header>
${notice(looking)}
${live && html`<p class="stale" role="status" hidden>${words.stale}</p>`}
<main id="content">
${content}
</main>
</body>
</html>
`;
  return { status, contentType: 'text/html; charset=utf-8', body: body.markup };
}

/** Above what renews itself, so that it stays until the next page. */
function notice(looking: Looking): Html | null {
  const { notice: left } = looking.visitor;
  if (!left) return null;
  if (left.kind === 'refused') {
    const text = [left.message, left.next ?? ''].map((part) => told(part, looking)).join(' ');
    return html`<p class="notice bad" role="alert">${text}</p>`;
  }
  const text = Object.hasOwn(looking.words.done, left.action) ? looking.words.done[left.action]! : null;
  return text === null ? null : html`<p class="notice" role="status">${text}</p>`;
}

function signOut({ words }: Looking): Html {
  return html`<form method="post" action="/console/sign-out"><button>${signInWords(words.language).signOut}</button></form>`;
}

/** The same page in every other language; the choice is kept. */
function languages({ words }: Looking): Html[] {
  return tables
    .filter(({ language }) => language !== words.language)
    .map(
      ({ language, ownName, switchTo }) =>
        html`<a href="?lang=${language}" lang="${language}" hreflang="${language}" rel="nofollow" title="${switchTo}">${ownName}</a>`,
    );
}
