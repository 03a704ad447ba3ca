import type { ReadingSigns } from '#src/articles/draft.ts';
import type { Profile } from '#src/core/profile.ts';
import type { RawArticle } from '#src/core/raw-article.ts';
import { parsePage, selectAll } from '#src/markup/html.ts';

const words: Readonly<Record<Exclude<ReadingSigns['body'], 'configured'>, string>> = {
  likeness: 'the body by what reads like a story',
  marked: 'the body as the page marks it',
  'whole page': 'no body was found, so the whole page was taken',
  given: 'the body as the source gives it',
};

/** By which rule of which profile the body was found: `profile mine: the body by .story`. */
export function howRead(raw: Exclude<RawArticle, { kind: 'gone' }>, { body }: ReadingSigns, profile: Profile): string {
  if (body !== 'configured') return `profile ${profile.name}: ${words[body]}`;
  const page = raw.kind === 'page' ? parsePage(raw.html, null) : null;
  const selector = page && profile.selectors.body.find((one) => selectAll(page, one).length > 0);
  return `profile ${profile.name}: the body by ${selector ?? 'the markup of the system that made the page'}`;
}
