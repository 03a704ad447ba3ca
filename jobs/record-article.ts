import type { Deps } from '#jobs/deps.ts';
import { announce, type Finding, plannedChannels } from '#jobs/finding.ts';
import { reviseArticle } from '#jobs/revise-article.ts';
import type { StoredArticle } from '#src/core/article.ts';
import { planCreate } from '#src/core/delivery-plan.ts';
import { chooseStory, entryId } from '#src/core/identity.ts';
import { knownStory } from '#src/core/reading-identity.ts';
import { contentHash } from '#src/core/revision.ts';
import { ArticleExists, type KnownStory } from '#src/stores/articles.ts';

/** Few are ever alike; a headline such as `Tin vắn` is shared by many. */
const mostCandidates = 12;

/** Writes a new article or a new revision with its deliveries, in one transaction. Null: nothing a reader sees changed. */
export async function recordArticle(finding: Finding, deps: Deps): Promise<StoredArticle | null> {
  const { articles } = deps.ledger;
  const { keys, clues, story } = finding.identity;
  const hash = contentHash(finding.article);
  for (let tries = 0; tries < 5; tries++) {
    // Before those that are compared: whoever comes after this is not among them, and is noticed.
    const marked = await articles.marked(finding.identity.lock);
    const candidates = await articles.candidates({ keys, marks: clues, limit: mostCandidates });
    const { timezone } = deps.settings.site;
    const chosen = chooseStory(
      story,
      candidates.map((known) => ({ ...knownStory(known, timezone), known })),
    );
    const made = chosen
      ? await reviseArticle({ ...finding, hash, known: chosen.story.known, by: chosen.verdict.by }, deps)
      : await create(finding, hash, { marked, candidates }, deps);
    if (made !== 'again') return made;
  }
  throw new Error('the article kept changing while its revision was written');
}

async function create(
  finding: Finding,
  hash: string,
  { marked, candidates }: { marked: readonly string[]; candidates: readonly KnownStory[] },
  deps: Deps,
): Promise<StoredArticle | 'again'> {
  const { article, identity, reading, now } = finding;
  const { keys, marks, lock } = identity;
  const others = [...marked, ...candidates.map(({ stored }) => stored.id)];
  const baseline = reading.baseline && !(await isUsedAgain(finding, candidates, deps));
  const id = deps.newId();
  const deliveries = planCreate({
    articleId: id,
    article,
    sourceId: keys.sourceId,
    baseline,
    held: reading.held,
    // The time it was held does not age it.
    seenAt: reading.story.some(({ kind }) => kind === 'shift' || kind === 'burst') ? reading.foundAt : now,
    channels: await plannedChannels(deps, now),
    site: deps.settings.site,
    now,
  });
  const entry = entryId(deps.settings.site.url, id, now);
  try {
    const made = await deps.ledger.articles.create({
      ...{ id, entryId: entry, keys, marks, lock, article, contentHash: hash, baseline, deliveries, now },
      others,
    });
    announce(made.article, [], made.deliveries, deps, now);
    return made.article;
  } catch (error) {
    if (error instanceof ArticleExists) return 'again';
    throw error;
  }
}

/** The page stood there at the first poll, but with another story; this one came since. */
async function isUsedAgain({ identity, reading, now }: Finding, known: readonly KnownStory[], { ledger }: Deps) {
  const { sourceId, externalId } = identity.keys;
  const isKnown = known.some(({ names }) =>
    names.some((name) => name.sourceId === sourceId && name.externalId === externalId),
  );
  if (!isKnown) return false;
  const foundAt = reading.story.findLast(({ kind }) => kind === 'found')?.at ?? 0;
  const { baselineAt } = await ledger.sources.state(sourceId, now);
  return baselineAt !== null && foundAt > baselineAt;
}
