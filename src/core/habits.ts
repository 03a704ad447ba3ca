/** What a source's articles always were, so that a page whose layout has changed is noticed. */

/**
 * Where an article's body was found: `elsewhere` than the operator's own selectors say; `missing`: nowhere; `tiny`: the
 * page has nothing but a sentence or two.
 */
export type BodyFound = 'found' | 'elsewhere' | 'tiny' | 'missing';

export interface Habits {
  /** Articles in a row with a whole body, before those that have none now. */
  withBody: number;
  /** Articles in a row with photos, before those that have none now. */
  withPhotos: number;
  /** Articles in a row without photos, the newest included. */
  withoutPhotos: number;
  /** Outside ids of the articles in a row whose body was not where it always was. */
  astray: { id: string; body: 'elsewhere' | 'missing' }[];
}

export interface SeenArticle {
  externalId: string;
  body: BodyFound;
  /** Null for an article that was seen before: its photos have been counted. */
  photos: number | null;
}

export type Mismatch = { kind: 'no body' | 'body elsewhere'; articles: number } | { kind: 'no photos'; before: number };

export const noHabits: Habits = { withBody: 0, withPhotos: 0, withoutPhotos: 0, astray: [] };

const alwaysPhotos = 10;
const withoutNow = 3;
/** So many without: they are no longer missed. */
const newHabit = 30;
/** Before that a source may be one of briefs. */
const alwaysBodies = 3;
/** One page may be broken by itself. */
const astrayNow = 2;
const mostAstray = 20;

/** The habits with one more article. */
export function withArticle(habits: Habits, { externalId, body, photos }: SeenArticle): Habits {
  return { ...photoHabit(habits, photos), ...bodyHabit(habits, externalId, body) };
}

/** A source of whole articles does not turn to single sentences: something else stands in the story's place. */
export function judgeBody(body: BodyFound, { withBody }: Pick<Habits, 'withBody'>): BodyFound {
  return body === 'tiny' && withBody >= alwaysBodies ? 'missing' : body;
}

export function sameHabits(a: Habits, b: Habits): boolean {
  return (
    a.withBody === b.withBody &&
    a.withPhotos === b.withPhotos &&
    a.withoutPhotos === b.withoutPhotos &&
    a.astray.length === b.astray.length &&
    a.astray.every(({ id, body }, index) => b.astray[index]?.id === id && b.astray[index].body === body)
  );
}

/** How the source's pages no longer fit; null while they do. */
export function mismatchOf({ astray, withPhotos, withoutPhotos }: Habits): Mismatch | null {
  if (astray.length >= astrayNow) {
    const missing = astray.filter(({ body }) => body === 'missing').length;
    return missing > 0 ? { kind: 'no body', articles: missing } : { kind: 'body elsewhere', articles: astray.length };
  }
  if (withPhotos >= alwaysPhotos && withoutPhotos >= withoutNow) return { kind: 'no photos', before: withPhotos };
  return null;
}

function bodyHabit({ astray, withBody }: Habits, id: string, body: BodyFound): Pick<Habits, 'astray' | 'withBody'> {
  if (body === 'tiny') return { astray: [], withBody: 0 };
  // Beyond this a longer row says no more.
  if (body === 'found') return { astray: [], withBody: Math.min(withBody + 1, alwaysBodies) };
  // One that is tried again is still one.
  return { astray: [...astray.filter((one) => one.id !== id), { id, body }].slice(-mostAstray), withBody };
}

function photoHabit(habits: Habits, photos: number | null): Habits {
  const { withPhotos, withoutPhotos } = habits;
  if (photos === null) return habits;
  if (photos === 0) {
    if (withoutPhotos + 1 >= newHabit) return { ...habits, withPhotos: 0, withoutPhotos: 0 };
    return withPhotos === 0 ? habits : { ...habits, withoutPhotos: withoutPhotos + 1 };
  }
  // Beyond this a longer row says no more.
  const row = withoutPhotos > 0 ? 1 : Math.min(withPhotos + 1, alwaysPhotos);
  return { ...habits, withPhotos: row, withoutPhotos: 0 };
}
