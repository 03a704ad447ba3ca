/** Shortening what the template says until the channel takes it. */
import { cutSentence, cutText } from '#src/core/cut.ts';
import { fillTemplate, type PostValues } from '#src/core/fill-template.ts';
import { fitsLength, graphemesOf, startOf } from '#src/core/length.ts';
import type { PostLimits, Segment } from '#src/core/post.ts';

interface Fitted {
  segments: Segment[];
  /** What was shortened, in plain words. */
  notes: string[];
}

/** Used where the template's own words leave no room. */
const plainTemplate = '{{headline}}\n\n{{link}}';

const noRoom = "the template's own words leave no room: headline and link only";
const linkOnly = 'there is room for the link only';

/** Fewer graphemes of a summary say nothing. */
const shortestSummary = 20;

/**
 * Shortens the summary, drops hashtags from the last, then what stands beside the news (byline, section, dateline), and
 * cuts the headline; the link is never touched.
 */
export function fitPost(template: string, values: PostValues, limits: PostLimits): Fitted {
  const fitting = new Fitting(template, withinReach(values, limits), limits);
  for (const step of [shortenSummary, dropHashtags, dropSides, cutHeadline]) {
    if (fitting.fits({})) return fitting.ended();
    step(fitting);
  }
  return fitting.fits({}) ? fitting.ended() : fitPlain(template, values, limits, fitting);
}

/** What is left of the values, and what was done to them. */
class Fitting {
  values: PostValues;
  readonly notes: string[] = [];
  readonly #fill: (values: PostValues) => Segment[];
  readonly #limits: PostLimits;

  constructor(template: string, values: PostValues, limits: PostLimits) {
    this.values = values;
    this.#limits = limits;
    this.#fill = (values) => fillTemplate(template, values, limits);
  }

  fits(change: Partial<PostValues>): boolean {
    return fitsLength(this.#fill({ ...this.values, ...change }), this.#limits);
  }

  /** Noted only where readers would have seen it. */
  change(change: Partial<PostValues>, note: string): void {
    const [before, after] = [this.values, { ...this.values, ...change }];
    if (JSON.stringify(this.#fill(before)) !== JSON.stringify(this.#fill(after))) this.notes.push(note);
    this.values = after;
  }

  ended(): Fitted {
    return { segments: this.#fill(this.values), notes: this.notes };
  }
}

function shortenSummary(fitting: Fitting): void {
  for (const name of ['lead', 'summary'] as const) {
    if (fitting.fits({})) return;
    const text = cutText(fitting.values[name], (text) => fitting.fits({ [name]: text }));
    const kept = graphemesOf(text).length < shortestSummary ? '' : text;
    fitting.change({ [name]: kept }, `the ${name} was ${kept === '' ? 'left out: too long' : 'shortened'}`);
  }
}

function dropHashtags(fitting: Fitting): void {
  const all = fitting.values.hashtags;
  const hashtags = [...all];
  while (hashtags.length > 0 && !fitting.fits({ hashtags })) hashtags.pop();
  const dropped = all.length - hashtags.length;
  fitting.change({ hashtags }, `${dropped} of ${all.length} hashtags were left out: too long`);
}

function dropSides(fitting: Fitting): void {
  for (const name of ['dateline', 'section', 'byline'] as const) {
    if (!fitting.fits({})) fitting.change({ [name]: '' }, `the ${name} was left out: too long`);
  }
}

function cutHeadline(fitting: Fitting): void {
  const headline = cutSentence(fitting.values.headline, (headline) => fitting.fits({ headline }));
  if (headline !== '') fitting.change({ headline }, 'the headline was shortened');
}

function fitPlain(template: string, values: PostValues, limits: PostLimits, { notes }: Fitting): Fitted {
  if (template !== plainTemplate) {
    const plain = fitPost(plainTemplate, { ...values, lead: '', summary: '', hashtags: [] }, limits);
    return { ...plain, notes: plain.notes.includes(linkOnly) ? [linkOnly] : [noRoom, ...plain.notes] };
  }
  const segments = fillTemplate(template, { ...values, headline: '' }, limits);
  return { segments, notes: [...notes, linkOnly] };
}

/** The beginnings that could fit at all: what lies beyond would be counted again with every try. */
function withinReach(values: PostValues, { length }: PostLimits): PostValues {
  if (length === null) return values;
  // The channel may count less than stands there, but not by that much.
  const within = (text: string) => startOf(text, length * 4 + 1);
  return { ...values, headline: within(values.headline), lead: within(values.lead), summary: within(values.summary) };
}
