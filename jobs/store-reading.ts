import type { ConfiguredSource, Deps } from '#jobs/deps.ts';
import { enqueuePublication } from '#jobs/publication.ts';
import { recordArticle } from '#jobs/record-article.ts';
import { followDecision } from '#jobs/source-decisions.ts';
import { bodyFound, judge, StoryNotFound, watchHabits } from '#jobs/watch-habits.ts';
import type { ReadingSigns } from '#src/articles/draft.ts';
import { isEmpty } from '#src/articles/empty.ts';
import { addressKey } from '#src/core/address-key.ts';
import type { Article } from '#src/core/article.ts';
import { hasNothingOf, leadsAway } from '#src/core/identity.ts';
import type { RawArticle } from '#src/core/raw-article.ts';
import { identify, textOf } from '#src/core/reading-identity.ts';
import type { Reading } from '#src/stores/sources.ts';

type Gone = Extract<RawArticle, { kind: 'gone' }>;
type Found = Exclude<RawArticle, Gone>;

/**
 * Understands what was read and writes it into the ledger; gives how it was read, in plain words. Another article that
 * stands at its address by now is not taken for it: it is gone. `unasked`: nothing says that the article has changed.
 */
export async function storeReading(
  raw: Found,
  reading: Reading,
  configured: ConfiguredSource,
  deps: Deps,
  { unasked = false }: { unasked?: boolean } = {},
): Promise<string | Gone> {
  const now = deps.clock.now();
  const { profile, folder } = configured;
  let signs: ReadingSigns = { body: 'given' };
  const context = { profile, site: deps.settings.site, now, folder };
  const article = await deps.reader.read(raw, context, (told) => {
    signs = told;
  });
  const { sourceId, ref } = reading;
  const { externalId } = ref;
  const body = await judge(bodyFound(raw, article, signs, profile), reading.sourceId, deps);
  if (body === 'missing') {
    await watchHabits({ externalId, body, photos: null }, article.url, configured, deps);
    throw new StoryNotFound(profile);
  }
  // Perhaps the page is only broken for a moment.
  if (isEmpty(article)) throw new Error('neither a headline nor text stands there');
  const answered = raw.kind === 'page' ? raw.url : null;
  const found = [ref.url, answered];
  const addressed = { ...article, url: ownAddress(article, found) };
  const identity = identify(addressed, { sourceId, externalId, found }, deps.settings.site.timezone, now);
  const known = unasked || answered !== ref.url ? await ledgerStory(reading, deps) : null;
  if (known && leadsAway({ asked: ref.url, answered }, identity.story, known)) {
    return { kind: 'gone', certain: false, reason: 'its address leads to another article' };
  }
  if (known && unasked && namesOne(ref.url) && hasNothingOf(identity.story, known)) {
    throw new Error('its page holds something else at the moment');
  }
  const partial = raw.kind === 'page' && raw.partial === true;
  const recorded = await recordArticle({ article: addressed, identity, reading, partial, now }, deps);
  await followDecision(reading, deps);
  if (recorded) await enqueuePublication(recorded, deps.jobs);
  const photos = recorded?.revision === 1 ? article.photos.length : null;
  await watchHabits({ externalId, body, photos }, article.url, configured, deps);
  if (raw.kind === 'text') return 'from its file';
  return signs.body === 'given' ? 'from the text that the source gives' : `from its page (profile ${profile.name})`;
}

/** A template's canonical that names a section or the front page sends readers past the article. */
function ownAddress({ url }: Article, found: readonly (string | null)[]): string | null {
  const [own = null] = found.filter((address) => address !== null);
  if (url === null || own === null) return url ?? own;
  const isAstray = addressKey(url)?.specific !== true && addressKey(own)?.specific === true;
  return isAstray ? own : url;
}

/** What is known of it under this name. */
async function ledgerStory({ sourceId, ref }: Reading, { ledger }: Deps) {
  const known = await ledger.articles.find({ sourceId, externalId: ref.externalId, canonicalUrl: null });
  return known && { headline: known.stored.headline, text: textOf(known.stored) };
}

const namesOne = (url: string | null) => url !== null && addressKey(url)?.specific === true;
