import { parseFeed as parseAny } from 'feedsmith';
import { longestText, longestTitle } from '#src/markup/feed-limits.ts';
import { isHtml } from '#src/markup/feed-links.ts';
import { atomFeed, type FeedModel, jsonFeed, rssFeed } from '#src/markup/feed-model.ts';
import { inspectJson } from '#src/markup/inspect-json.ts';
import { type Inspection, inspectXml } from '#src/markup/inspect-xml.ts';
import { isCutOff, mendXml } from '#src/markup/mend-xml.ts';
import type { ParsedEntry, ParsedFeed } from '#src/markup/parsed-feed.ts';
import { salvageXml } from '#src/markup/salvage-xml.ts';

/** Not a feed, or one that is not taken; the message says why. */
export class FeedUnreadable extends Error {}

/**
 * RSS (0.9x, 1.0, 2.0), Atom or JSON Feed. `address` is where it came from: relative addresses start there. XML that is
 * not well-formed is mended, and where that is not enough its entries' plainest parts are taken. Throws `FeedUnreadable`.
 */
export function parseFeed(text: string, address: string): ParsedFeed {
  const trimmed = text.trimStart();
  if (trimmed === '') throw new FeedUnreadable('it is empty, and no feed at all');
  if (trimmed.startsWith('{')) return parseJson(trimmed, address);
  if (isHtml(trimmed)) throw new FeedUnreadable('it is a web page and not a feed');
  const xml = joinSurrogates(withoutNetscapesDoctype(trimmed));
  const inspection = inspectXml(xml);
  if (inspection.refused) throw new FeedUnreadable(inspection.refused);
  return parseXml(xml, address, inspection);
}

type AnyFeed = ReturnType<typeof parseAny>;
type Readable = FeedModel & Pick<ParsedFeed, 'form'>;

function parseJson(json: string, address: string): ParsedFeed {
  const refused = inspectJson(json);
  if (refused) throw new FeedUnreadable(refused);
  return { ...jsonFeed(read(json), address), deleted: [], form: 'sound', tooLong: 0 };
}

function parseXml(xml: string, address: string, { deleted, entries, skipHours, skipDays }: Inspection): ParsedFeed {
  const model = wholeOrMended(xml, address);
  // A parser that lost its way takes the next entries for parts of one.
  const isWhole = model !== null && !(model instanceof FeedUnreadable) && model.entries.length >= entries;
  const salvaged = isWhole ? null : salvageXml(xml, address);
  const chosen = better(model, salvaged && { ...salvaged, ...bare, form: 'salvaged' });
  const kept = chosen.entries.filter(isReadable);
  return {
    ...chosen,
    entries: kept,
    deleted,
    pace: { ...chosen.pace, skipHours, skipDays },
    tooLong: chosen.entries.length - kept.length,
  };
}

const bare = { language: null, hubs: [], self: null, pace: { atLeast: null, skipHours: [], skipDays: [] } };

function better(model: Readable | FeedUnreadable, salvaged: Readable | null): Readable {
  if (!(model instanceof FeedUnreadable)) {
    // What was understood of the feed as a whole stays.
    if (salvaged && salvaged.entries.length > model.entries.length) return { ...model, ...entriesOf(salvaged) };
    return model;
  }
  if (salvaged && salvaged.entries.length > 0) return salvaged;
  throw model;
}

const entriesOf = ({ entries, form }: Readable): Pick<Readable, 'entries' | 'form'> => ({ entries, form });

function wholeOrMended(xml: string, address: string): Readable | FeedUnreadable {
  const whole = isCutOff(xml) ? null : attempt(xml, address);
  if (whole && !(whole instanceof FeedUnreadable)) return { ...whole, form: 'sound' };
  const mended = mendXml(xml);
  const second = whole && mended === xml ? whole : attempt(mended, address);
  return second instanceof FeedUnreadable ? second : { ...second, form: 'mended' };
}

function attempt(xml: string, address: string): FeedModel | FeedUnreadable {
  try {
    return toModel(read(xml), address);
  } catch (error) {
    if (error instanceof FeedUnreadable) return error;
    throw error;
  }
}

function read(input: string): AnyFeed {
  try {
    return parseAny(input);
  } catch (error) {
    const cause = (error as { cause?: Error }).cause;
    throw new FeedUnreadable(`it is not a feed that can be read: ${cause?.message ?? (error as Error).message}`, {
      cause: error,
    });
  }
}

function toModel(parsed: AnyFeed, address: string): FeedModel {
  switch (parsed.format) {
    case 'json':
      return jsonFeed(parsed, address);
    case 'atom':
      return atomFeed(parsed.feed, address);
    default:
      return rssFeed(parsed.feed, address);
  }
}

/** RSS 0.91 was published with this one line; it declares nothing that is looked up here. */
function withoutNetscapesDoctype(xml: string): string {
  return xml.replace(
    /<!DOCTYPE\s+rss\s+PUBLIC\s+"-\/\/Netscape Communications\/\/DTD RSS 0\.91\/\/EN"\s*(?:"[^"<>[\]]*"\s*)?>/i,
    '',
  );
}

/** Emoji as two references, one for each half: what programs write that think in UTF-16. */
function joinSurrogates(xml: string): string {
  if (!/&#(?:x[dD]8|x[dD][9abAB]|5[56]\d{3};)/.test(xml)) return xml;
  return xml.replace(/&#(x?[\da-f]{4,5});&#(x?[\da-f]{4,5});/gi, (both, high: string, low: string) => {
    const pair = [high, low].map((half) => Number(half.startsWith('x') ? `0${half}` : half));
    const letter = String.fromCharCode(...pair);
    return pair.every((half) => half >= 0xd800 && half <= 0xdfff) && letter.isWellFormed() ? letter : both;
  });
}

function isReadable({ title, summaryHtml, contentHtml }: ParsedEntry): boolean {
  return (
    (title?.length ?? 0) <= longestTitle && Math.max(summaryHtml?.length ?? 0, contentHtml?.length ?? 0) <= longestText
  );
}
