/** Tells when a source's pages no longer are what its profile and its past articles say. */
import type { ConfiguredSource, Deps } from '#jobs/deps.ts';
import type { ReadingSigns } from '#src/articles/draft.ts';
import { isTinyStory } from '#src/articles/tiny-story.ts';
import type { Article } from '#src/core/article.ts';
import {
  type BodyFound,
  judgeBody,
  type Mismatch,
  mismatchOf,
  type SeenArticle,
  withArticle,
} from '#src/core/habits.ts';
import type { Profile } from '#src/core/profile.ts';
import type { RawArticle } from '#src/core/raw-article.ts';

/** A page was read and holds no story: better no article than the page's furniture. It may only be broken for a moment. */
export class StoryNotFound extends Error {
  override readonly name = 'StoryNotFound';

  constructor({ name, selectors }: Profile) {
    super(
      selectors.body.length > 0
        ? `no story was found in its page: no body selector matches, and nothing on it reads like one (profile ${name})`
        : `no story was found in its page: nothing on it reads like one (profile ${name})`,
    );
  }
}

/** Where the article's body was found, as its source's profile sees it. */
export function bodyFound(
  raw: Exclude<RawArticle, { kind: 'gone' }>,
  article: Pick<Article, 'lead' | 'text' | 'html'>,
  signs: ReadingSigns,
  profile: Profile,
): BodyFound {
  // A piece of HTML is what somebody wrote, not a page around a story.
  if (signs.body === 'given' || raw.kind !== 'page' || !/<(?:html|body)\b/i.test(raw.html)) return 'found';
  if (article.text === '' && article.html === '' && article.lead === '') return 'missing';
  if (signs.body === 'whole page') return !profile.expectsBody && isTinyStory(raw.html) ? 'tiny' : 'missing';
  return profile.expectsBody && signs.body !== 'configured' ? 'elsewhere' : 'found';
}

/** What that means in this source: where whole articles stood, a sentence is none. */
export async function judge(body: BodyFound, sourceId: string, { ledger }: Pick<Deps, 'ledger'>): Promise<BodyFound> {
  if (body !== 'tiny') return body;
  return judgeBody(body, await ledger.habits.change(sourceId, (habits) => habits));
}

/** One article of the source was read; raises the alert of its profile, or ends it. `address`: of its page. */
export async function watchHabits(
  seen: SeenArticle,
  address: string | null,
  configured: ConfiguredSource,
  { ledger, alerts }: Pick<Deps, 'ledger' | 'alerts'>,
): Promise<void> {
  const { id, profile } = configured.settings;
  const mismatch = mismatchOf(await ledger.habits.change(id, (habits) => withArticle(habits, seen)));
  const cause = `source-${id}-profile`;
  if (mismatch === null) return alerts.resolve(cause);
  alerts.raise({ cause, message: messageOf(mismatch, id, configured.profile.name), next: nextOf(address, profile) });
}

function messageOf(mismatch: Mismatch, source: string, profile: string): string {
  switch (mismatch.kind) {
    case 'no body':
      return `The pages of source ${source} no longer fit profile ${profile}: in ${mismatch.articles} articles in a row no story was found, and they were left out`;
    case 'body elsewhere':
      return `The pages of source ${source} no longer fit profile ${profile}: ${mismatch.articles} articles in a row have none of its body selectors, and their text was found by likeness`;
    case 'no photos':
      return `The newest articles of source ${source} have no photos, and the ${mismatch.before} before them all had some`;
  }
}

function nextOf(address: string | null, profile: string): string {
  const page = address ?? 'the address of one of its articles';
  return `See what is found: loa try ${page} --profile ${profile}. If its layout has changed, change the profile: docs/profiles.md`;
}
