/** Which language an article is in. */
import { detectAll } from 'tinyld';
import type { Draft } from '#src/articles/draft.ts';
import type { SiteSettings } from '#src/core/settings.ts';

const enough = 40;
const sure = 0.5;
/** Less will do where no other language comes near: names and figures are in none. */
const clear = { accuracy: 0.25, ahead: 5 };

/** BCP 47: as the source or page says, else as the text reads, else the site's. */
export function languageOf(
  draft: Pick<Draft, 'language' | 'paragraphs'>,
  headline: string,
  site: SiteSettings,
): string {
  const text = [headline, ...draft.paragraphs].join('\n').slice(0, 4000);
  const claimed = canonical(draft.language);
  if (claimed && fits(claimed, text)) return claimed;
  // Where both fit, the newsroom's own form (`pt-BR`) is better than the bare name.
  const [first, second] = text.length < enough ? [] : detectAll(text);
  if (!first || sameLanguage(first.lang, site.language)) return site.language;
  const isClear = first.accuracy >= Math.max(clear.accuracy, (second?.accuracy ?? 0) * clear.ahead);
  return first.accuracy >= sure || isClear ? first.lang : site.language;
}

function canonical(tag: string | null): string | null {
  try {
    return tag ? (Intl.getCanonicalLocales(tag.trim().replaceAll('_', '-'))[0] ?? null) : null;
  } catch {
    return null;
  }
}

const scripts: readonly [script: string, pattern: RegExp][] = [
  ['Thai', /\p{Script=Thai}/gu],
  ['Arab', /\p{Script=Arabic}/gu],
  ['Cyrl', /\p{Script=Cyrillic}/gu],
  ['Kore', /\p{Script=Hangul}/gu],
  ['Jpan', /\p{Script=Hiragana}|\p{Script=Katakana}/gu],
  ['Latn', /\p{Script=Latin}/gu],
];

/** A template's forgotten `lang="en"` over a text in another script, or over Vietnamese letters, is not believed. */
function fits(claimed: string, text: string): boolean {
  const counted = scripts.map(([script, pattern]) => [script, text.match(pattern)?.length ?? 0] as const);
  const [script, count] = counted.reduce((most, each) => (each[1] > most[1] ? each : most));
  if (count < enough) return true;
  const expected = new Intl.Locale(claimed).maximize().script ?? 'Latn';
  if (script !== 'Latn') return expected === script || !counted.some(([known]) => known === expected);
  if (!counted.some(([known]) => known === expected && known !== 'Latn')) {
    const vietnamese = text.match(/[ơưăđẠ-ỹ]/giu)?.length ?? 0;
    return sameLanguage(claimed, 'vi') || vietnamese * 20 < count;
  }
  return false;
}

function sameLanguage(a: string, b: string): boolean {
  return a.split('-')[0]?.toLowerCase() === b.split('-')[0]?.toLowerCase();
}
