/** Filling the template and shortening what it says until the channel takes it. */
import { cutSentence, cutText } from '#src/core/cut.ts';
import { graphemesOf, postLength } from '#src/core/length.ts';
import type { PostLimits, Segment } from '#src/core/post.ts';
import { safeText, tidyLines } from '#src/core/post-text.ts';
import { renderTemplate, type TemplateValues } from '#src/core/template.ts';

export type PostValues = Omit<TemplateValues, 'hashtags'> & { hashtags: string[] };

interface Fitted {
  segments: Segment[];
  /** What was shortened, in plain words. */
  notes: string[];
}

/** Said when the template's own words leave no room. */
const plainTemplate = '{{headline}}\n\n{{link}}';

/** Fewer graphemes of a summary say nothing. */
const shortestSummary = 20;

/** Shortens the summary, then drops hashtags from the last, then cuts the headline; the link is never touched. */
export function fitPost(template: string, values: PostValues, limits: PostLimits): Fitted {
  const fits = (change: Partial<PostValues>) =>
    limits.length === null || postLength(fill(template, { ...values, ...change }), limits) <= limits.length;
  if (fits({})) return { segments: fill(template, values), notes: [] };

  const lead = cutText(values.lead, (lead) => fits({ lead }));
  const summary = worthReading(cutText(values.summary, (summary) => fits({ lead, summary })));
  const shorter = { lead, summary };
  const notes = [summary === '' ? 'the summary was left out: too long' : 'the summary was shortened'];
  if (fits(shorter)) return { segments: fill(template, { ...values, ...shorter }), notes };

  const hashtags = [...values.hashtags];
  while (hashtags.length > 0 && !fits({ ...shorter, hashtags })) hashtags.pop();
  const dropped = values.hashtags.length - hashtags.length;
  if (dropped > 0) notes.push(`${dropped} of ${values.hashtags.length} hashtags were left out: too long`);
  const bare = { ...shorter, hashtags };
  if (fits(bare)) return { segments: fill(template, { ...values, ...bare }), notes };

  const headline = cutSentence(values.headline, (headline) => fits({ ...bare, headline }));
  notes.push('the headline was shortened');
  if (headline !== '') return { segments: fill(template, { ...values, ...bare, headline }), notes };
  return fitPlain(template, values, limits, notes);
}

function fitPlain(template: string, values: PostValues, limits: PostLimits, notes: string[]): Fitted {
  if (template !== plainTemplate) {
    const plain = fitPost(plainTemplate, { ...values, lead: '', summary: '', hashtags: [] }, limits);
    return { ...plain, notes: ["the template's own words leave no room: headline and link only"] };
  }
  return {
    segments: fill(template, { ...values, headline: '' }),
    notes: [...notes, 'there is room for the link only'],
  };
}

function worthReading(summary: string): string {
  return graphemesOf(summary).length < shortestSummary ? '' : summary;
}

// Links and hashtags pass through the template as marks: private characters, which no text of an article holds any more.
const open = '\uE000';
const close = '\uE001';

function fill(template: string, values: PostValues): Segment[] {
  const marked = renderTemplate(safeText(template), {
    ...values,
    link: values.link && `${open}L${close}`,
    hashtags: values.hashtags.map((_, index) => `${open}${index}${close}`).join(' '),
  });
  const segments: Segment[] = [];
  for (const part of tidyLines(marked.normalize('NFC')).split(/(\uE000(?:L|\d+)\uE001)/)) {
    const mark = /^\uE000(L|\d+)\uE001$/.exec(part)?.[1];
    if (mark === 'L') segments.push({ kind: 'link', text: values.link, url: values.link });
    else if (mark !== undefined) segments.push({ kind: 'hashtag', text: values.hashtags[Number(mark)]! });
    // A filter may have cut a mark in two.
    else if (part !== '') segments.push({ kind: 'text', text: part.replace(/[\uE000\uE001]/g, '') });
  }
  return segments;
}
