/** What a reading says of its story, and by which names, addresses and marks it is kept. */
import { type AddressKey, addressKey } from '#src/core/address-key.ts';
import type { Article, ArticleKeys, StoredArticle } from '#src/core/article.ts';
import { type Story, storyAddresses, storyMarks, titleDayMark, uniqueAddress } from '#src/core/identity.ts';

export interface Identity {
  story: Story;
  keys: ArticleKeys;
  /** Under which it will be found. */
  marks: string[];
  /** Under which those are looked for that may be the same. */
  clues: string[];
  /** At which two readings of it at the same moment wait for each other. */
  lock: string;
}

interface Named {
  sourceId: string;
  externalId: string;
  /** Where it was found: the link that led to it, and the page that answered. */
  found: readonly (string | null)[];
}

/** `now`: its day where it has no date. `zone`: the newsroom's. */
export function identify(article: Article, named: Named, zone: string, now: number): Identity {
  const { sourceId, externalId, found } = named;
  const { headline, publishedAt } = article;
  // Many a guid is the address that stays when the link leads through a counter.
  const addresses = storyAddresses([...found, externalId], article.url, headline);
  const day = dayOf(publishedAt ?? new Date(now).toISOString(), zone);
  const story = { names: [{ sourceId, externalId }], addresses, headline, text: textOf(article), day };
  const marks = storyMarks(story);
  const [canonicalUrl = null, ...further] = addresses.map((one) => uniqueAddress(one, headline, day));
  return {
    story,
    keys: { sourceId, externalId, canonicalUrl, addresses: further },
    marks,
    clues: marks.filter((mark) => !mark.startsWith('h:')),
    lock: titleDayMark(headline, day),
  };
}

/** The same of an article that is known. `addresses`: as `uniqueAddress` gave them. */
export function knownStory(
  { stored, names, addresses }: { stored: StoredArticle; names: Story['names']; addresses: readonly string[] },
  zone: string,
): Story {
  const { url, headline, publishedAt, firstSeenAt } = stored;
  const all = [...addresses.map((address) => address.replace(/#.*$/s, '')), ...(url === null ? [] : [url])];
  const keys = new Map<string, AddressKey>();
  for (const address of all) {
    const key = addressKey(address);
    if (key) keys.set(key.key, key);
  }
  const day = dayOf(publishedAt ?? firstSeenAt, zone);
  return { names, addresses: [...keys.values()], headline, text: textOf(stored), day };
}

/** Of a story, as it is compared. The lead often stands in the text too; a summary is all that some sources give. */
export function textOf({ lead, text }: Pick<Article, 'lead' | 'text'>): string {
  return text.includes(lead) ? text : `${lead}\n\n${text}`;
}

function dayOf(iso: string, zone: string): string {
  return Temporal.Instant.from(iso).toZonedDateTimeISO(zone).toPlainDate().toString();
}
