/** The last resort for XML that no mending makes whole: a walk that takes what it recognises. */
import { Parser } from 'htmlparser2';
import { absoluteUrl, escapeHtml } from '#src/markup/html-text.ts';
import type { ParsedEntry, ParsedFeed } from '#src/markup/parsed-feed.ts';
import { plainTitle } from '#src/markup/plain-title.ts';

/** Which part of an entry an element's text is. */
const parts: Readonly<Record<string, 'id' | 'link' | 'title' | 'summary' | 'content' | 'date' | 'author'>> = {
  guid: 'id',
  id: 'id',
  link: 'link',
  title: 'title',
  description: 'summary',
  summary: 'summary',
  'content:encoded': 'content',
  content: 'content',
  pubdate: 'date',
  published: 'date',
  updated: 'date',
  date: 'date',
  'dc:date': 'date',
  'dc:creator': 'author',
};

type Found = Partial<Record<(typeof parts)[string], string>>;

/**
 * Title, link, id, date and texts of every entry that ends; null where nothing looks like a feed. An entry that another
 * one's beginning cuts off counts as ended.
 */
export function salvageXml(xml: string, address: string): Pick<ParsedFeed, 'title' | 'entries'> | null {
  const entries: Found[] = [];
  let feedTitle: string | null = null;
  let isFeed = false;
  let isOver = false;
  let entry: Found | null = null;
  let part: { name: string; kind: (typeof parts)[string]; text: string } | null = null;

  const endPart = (): void => {
    if (part && entry && part.text.trim()) entry[part.kind] ??= part.text;
    else if (part?.kind === 'title' && !entry) feedTitle ??= part.text;
    part = null;
  };
  const endEntry = (): void => {
    endPart();
    if (entry && (entry.title ?? entry.link ?? entry.id)) entries.push(entry);
    entry = null;
  };
  const parser = new Parser(
    {
      onopentag(printed, attributes) {
        const name = printed.toLowerCase();
        if (/^(?:rss|feed|channel|(?:\w+:)?rdf)$/.test(name)) isFeed = true;
        if (/^(?:\w+:)?(?:item|entry)$/.test(name)) {
          endEntry();
          entry = {};
        } else if (parts[name] && (part === null || !isText(part.kind))) {
          endPart();
          if (name === 'link' && attributes['href']) {
            if (entry && /^(?:alternate)?$/.test(attributes['rel'] ?? '')) entry.link ??= attributes['href'];
          } else part = { name, kind: parts[name], text: '' };
        } else if (part) part.text += tag(name, attributes);
      },
      ontext(text) {
        if (part) part.text += text;
      },
      onclosetag(printed) {
        const name = printed.toLowerCase();
        if (isOver) return;
        if (/^(?:\w+:)?(?:item|entry)$/.test(name)) endEntry();
        else if (part?.name === name) endPart();
        else if (part) part.text += `</${name}>`;
      },
    },
    { xmlMode: true },
  );
  parser.write(xml);
  // What is still open now was cut off.
  isOver = true;
  parser.end();
  return isFeed ? { title: plainTitle(feedTitle), entries: entries.map((found) => toEntry(found, address)) } : null;
}

/** Markup that was not escaped stands inside these. */
const isText = (kind: string): boolean => kind === 'summary' || kind === 'content';

function tag(name: string, attributes: Record<string, string>): string {
  const printed = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeHtml(value)}"`);
  return `<${name}${printed.join('')}>`;
}

function toEntry({ id, link, title, summary, content, date, author }: Found, address: string): ParsedEntry {
  const byline = plainTitle(author);
  const own = id?.trim() || null;
  const url = absoluteUrl(link, address) ?? (own && /^https?:/.test(own) ? absoluteUrl(own, null) : null);
  return {
    id: own,
    url,
    title: plainTitle(title),
    summaryHtml: summary?.trim() || null,
    contentHtml: content?.trim() || null,
    authors: byline ? [byline] : [],
    categories: [],
    publishedAt: date?.trim() || null,
    updatedAt: null,
    photos: [],
    attachments: [],
  };
}
