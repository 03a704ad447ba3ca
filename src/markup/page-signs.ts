/** What a page gives away of its nature, found in one pass without a tree. */
import { Parser } from 'htmlparser2';
import { tidy } from '#src/core/text.ts';
import { typesIn } from '#src/markup/ld-types.ts';
import { limitMarkup } from '#src/markup/limits.ts';

export interface PageSigns {
  title: string;
  headings: string[];
  /** It says itself that it is one article: structured data, or a time of publication in its head. */
  saysArticle: boolean;
  /** It says itself that it lists others. */
  saysListing: boolean;
  hasHeadline: boolean;
  hasDate: boolean;
  /** Links whose text is as long as a headline. */
  longLinks: number;
  /** Letters of the longest text that no such link interrupts; those of Chinese, Japanese and Korean count double. */
  longestRun: number;
  /** Letters a reader sees. */
  textLength: number;
  hasPasswordField: boolean;
}

const mostRead = 1_500_000;
const longestName = 500;
const mostHeadings = 20;
const unseen = new Set(['script', 'style', 'template', 'noscript', 'svg', 'select']);
const furniture = new Set(['nav', 'footer', 'aside', 'header']);
const blocks = /^(?:p|div|li|td|th|h[1-6]|section|article|main|ul|ol|table|blockquote|figure|figcaption|form)$/;
/** Letters of a headline at least, and of a paragraph. */
const longLink = 25;
const shortestBlock = 60;

export function pageSigns(html: string): PageSigns {
  const ld: string[] = [];
  const meta = new Map<string, string>();
  const headings: string[] = [];
  let title = '';
  let hasTime = false;
  let hasPasswordField = false;
  let longLinks = 0;
  let run = 0;
  let longestRun = 0;
  let textLength = 0;
  let hidden = 0;
  let aside = 0;
  let inLink = 0;
  let block = 0;
  let link = 0;
  let inLd = false;
  let inTitle = false;
  let heading: string | null = null;

  const endBlock = (): void => {
    if (block >= shortestBlock && aside === 0) run += block;
    longestRun = Math.max(longestRun, run);
    block = 0;
  };

  const parser = new Parser({
    onopentag(name, attributes) {
      if (blocks.test(name) || name === 'br') endBlock();
      if (unseen.has(name)) hidden++;
      if (furniture.has(name)) aside++;
      if (name === 'script' && /ld\+json/i.test(attributes['type'] ?? '')) {
        inLd = true;
        ld.push('');
      }
      if (name === 'title' && title === '') inTitle = true;
      if (name === 'h1') heading = '';
      if (name === 'a') {
        inLink++;
        link = 0;
      }
      if (name === 'meta') readMeta(attributes, meta);
      if (name === 'input' && attributes['type']?.toLowerCase() === 'password') hasPasswordField = true;
      if (/^datePublished$/i.test(attributes['itemprop'] ?? '') || (name === 'time' && attributes['datetime']))
        hasTime = true;
    },
    ontext(text) {
      if (inLd) ld[ld.length - 1] += text;
      else if (inTitle) title += text.slice(0, longestName);
      else if (hidden === 0) {
        textLength += text.trim().length;
        if (heading !== null) heading += text.slice(0, longestName);
        if (inLink > 0) link += weigh(text);
        else block += weigh(text);
      }
    },
    onclosetag(name) {
      if (name === 'script') inLd = false;
      if (name === 'title') inTitle = false;
      if (name === 'h1' && heading !== null) {
        const printed = tidy(heading.slice(0, longestName));
        if (printed && headings.length < mostHeadings) headings.push(printed);
        heading = null;
      }
      if (unseen.has(name)) hidden--;
      if (furniture.has(name)) aside--;
      if (name === 'a') {
        inLink--;
        if (link >= longLink && aside === 0) {
          longLinks++;
          // A link inside a sentence belongs to it; one that stands alone begins something else.
          if (block < shortestBlock) {
            endBlock();
            run = 0;
          }
        }
      }
      if (blocks.test(name)) endBlock();
    },
  });
  // The parser's own work grows with the square of the depth.
  parser.write(limitMarkup(html.slice(0, mostRead)));
  parser.end();
  endBlock();

  const { article, listing, headline, date } = typesIn(ld);
  const published = meta.has('article:published_time') || meta.has('pubdate');
  return {
    title: tidy(title.slice(0, longestName)),
    headings,
    saysArticle: article || published,
    saysListing: !article && (listing || /^website$/i.test(meta.get('og:type') ?? '')),
    hasHeadline: headline || meta.has('og:title') || headings.length > 0,
    hasDate: date || published || hasTime,
    longLinks,
    longestRun,
    textLength,
    hasPasswordField,
  };
}

/** Whether the page is surely a front page, a section, a list of any kind; in doubt it is an article. */
export function isListing({ saysArticle, saysListing, longLinks, longestRun, headings }: PageSigns): boolean {
  if (saysArticle) return false;
  // A section's heading is its name; a headline is a sentence, and may stand above a few lines only.
  const isHeadline = headings.length === 1 && weigh(headings[0] ?? '') >= longLink;
  if (saysListing) return longestRun < (isHeadline ? 255 : 600);
  if (longLinks >= 3 && !isHeadline && longestRun < 200) return true;
  return longLinks >= 8 && longestRun < (isHeadline ? 150 : 350);
}

function readMeta(attributes: Record<string, string>, meta: Map<string, string>): void {
  const name = (attributes['property'] ?? attributes['name'] ?? '').toLowerCase();
  const content = attributes['content']?.trim();
  if (name && content && !meta.has(name)) meta.set(name, content);
}

/** Spaces between pieces do not matter. */
function weigh(text: string): number {
  const plain = text.replace(/\s+/g, ' ').trim();
  return (
    plain.length +
    (plain.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0)
  );
}
