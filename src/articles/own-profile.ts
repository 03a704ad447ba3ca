/** The profile for one article: its own language's phrases and its publishing system's markup come in. */
import type { ReadContext } from '#src/articles/draft.ts';
import { languageOf } from '#src/articles/language.ts';
import { metaContents } from '#src/articles/meta-tags.ts';
import { fitProfile } from '#src/core/fit-profile.ts';
import type { Profile } from '#src/core/profile.ts';
import type { Hints } from '#src/core/raw-article.ts';
import type { SiteSettings } from '#src/core/settings.ts';
import { tidy } from '#src/core/text.ts';
import { type HtmlDocument, selectAll, textOf } from '#src/markup/html.ts';

const enoughText = 3000;

export function profileForPage(document: HtmlDocument, hints: Hints, { profile, site }: ReadContext): Profile {
  const claimed = hints.language ?? document.documentElement.getAttribute('lang');
  const sample = hints.bodyHtml?.slice(0, enoughText).replace(/<[^<>]*>/g, ' ') ?? sampleOf(document);
  return inLanguages(fitProfile(profile, { generators: generatorsOf(document) }), claimed, sample, site);
}

export function profileForText(text: string, hints: Hints, { profile, site }: ReadContext): Profile {
  return inLanguages(profile, hints.language ?? null, text, site);
}

/** As the source or page says, and as the text reads: many a template says English of whatever stands in it. */
function inLanguages(profile: Profile, claimed: string | null, text: string, site: SiteSettings): Profile {
  const said = languageOf({ language: claimed, paragraphs: [text] }, '', site);
  const read = languageOf({ language: null, paragraphs: [text] }, '', site);
  return fitProfile(fitProfile(profile, { language: said }), { language: read });
}

/** Plugins name themselves too, and many a WordPress is told not to: its API's address stays. */
function generatorsOf(document: HtmlDocument): string[] {
  const named = metaContents(document, ['generator']);
  return selectAll(document, 'link[rel="https://api.w.org/"]').length > 0 ? [...named, 'WordPress'] : named;
}

/** The first texts that hold no other block: a block of blocks would be counted again and again. */
function sampleOf(document: HtmlDocument): string {
  const texts: string[] = [];
  let length = 0;
  for (const element of selectAll(document, 'p, article div, td')) {
    if (length > enoughText) break;
    if (element.querySelector('p, div, td')) continue;
    const text = tidy(textOf(element));
    texts.push(text);
    length += text.length;
  }
  return texts.join('\n');
}
