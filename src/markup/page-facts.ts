import { Parser } from 'htmlparser2';
import { tidy } from '#src/core/text.ts';
import { absoluteUrl } from '#src/markup/html-text.ts';

export interface PageFacts {
  /** What the page says is its own address: `rel=canonical`, else `og:url`. */
  url: string | null;
  title: string | null;
}

/** Such things stand at the top; a page without them is not read to its end. */
const furthest = 512 * 1024;

/** How a page names itself, in one pass and without a tree. `base` is for addresses that need one. */
export function pageFacts(html: string, base: string | null): PageFacts {
  const found: Record<'canonical' | 'url' | 'ogTitle' | 'title' | 'h1', string> = {
    ...{ canonical: '', url: '', ogTitle: '', title: '', h1: '' },
  };
  let inside: 'title' | 'h1' | null = null;
  const parser = new Parser({
    onopentag(name, { rel = '', href = '', property = '', content = '' }) {
      if (name === 'link' && /(?:^|\s)canonical(?:\s|$)/i.test(rel)) found.canonical ||= href;
      if (name === 'meta' && property === 'og:url') found.url ||= content;
      if (name === 'meta' && property === 'og:title') found.ogTitle ||= content;
      if ((name === 'title' || name === 'h1') && found[name] === '') inside = name;
    },
    ontext(text) {
      if (inside) found[inside] += text;
    },
    onclosetag(name) {
      if (name === inside) inside = null;
    },
  });
  parser.write(html.slice(0, furthest));
  parser.end();
  const title = [found.ogTitle, found.h1, found.title].map(tidy).find(Boolean) ?? null;
  return { url: absoluteUrl(found.canonical || found.url, base), title };
}
