/** What may stand in a profile's file and in a language's. */
import { z } from 'zod';
import { nearest } from '#src/core/nearest.ts';

/** What is wrong with a CSS selector, in a few words; null for one that is right. */
export type SelectorMistake = (selector: string) => string | null;

const text = z.string({ error: 'must be text: put it in quotes' }).min(1, 'must not be empty').max(500);
const texts = listOf(text);
const flag = z.boolean().optional();

const phrases = {
  boilerplate: texts,
  byline: z
    .strictObject({
      prefixes: texts,
      photoPrefixes: texts,
      separators: texts,
      acronyms: texts,
      bareNames: flag,
    })
    .optional(),
  dateline: z.strictObject({ times: texts, tags: texts }).optional(),
  credit: z.strictObject({ prefixes: texts }).optional(),
  captionLines: flag,
  captionOpeners: texts,
};

/** A file of `config/profiles/languages`. */
export const languageSchema = z.strictObject(phrases);

/** A profile; with `selectorMistake` its selectors are tried. `known`: languages that have phrases. */
export function profileSchema(known: readonly string[], selectorMistake: SelectorMistake = () => null) {
  const selector = text.superRefine((written, { addIssue }) => {
    const mistake = selectorMistake(written);
    if (mistake !== null) addIssue({ code: 'custom', message: `is not a CSS selector: ${mistake}` });
  });
  const language = text.superRefine((written, { addIssue }) => {
    if (known.includes(written)) return;
    const near = nearest(written, known);
    const fix = near ? `did you mean \`${near}\`?` : `there are ${known.join(', ')}`;
    addIssue({ code: 'custom', message: `is no language with phrases here: ${fix}` });
  });
  const selectors = listOf(selector);
  return z.strictObject({
    extends: text.optional(),
    languages: listOf(language),
    selectors: z
      .strictObject({
        headline: selectors,
        lead: selectors,
        body: selectors,
        byline: selectors,
        date: selectors,
        section: selectors,
        caption: selectors,
        drop: selectors,
      })
      .optional(),
    ...phrases,
  });
}

/** One may stand without its brackets. */
function listOf(item: z.ZodType<string>) {
  return z
    .union([item.transform((one) => [one]), z.array(item, { error: 'must be a list: `[…]`' }).max(500)])
    .optional();
}

export type ProfileFile = z.infer<ReturnType<typeof profileSchema>>;
