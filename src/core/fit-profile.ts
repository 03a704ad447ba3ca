/** A profile for one article: with the phrases of its language and the markup of the system that made its page. */
import type { Profile, ProfileRules, SomeRules } from '#src/core/profile.ts';

/** `language`: BCP 47, null where it is not known; `generators`: what the page says it was made with. */
export function fitProfile(
  profile: Profile,
  { language = null, generators = [] }: { language?: string | null; generators?: readonly string[] },
): Profile {
  const [primary = ''] = (language ?? '').toLowerCase().split(/[-_]/);
  const phrases = Object.hasOwn(profile.languages, primary) ? profile.languages[primary] : undefined;
  const system = Object.entries(profile.generators).find(([name]) =>
    generators.some((generator) => generator.toLowerCase().startsWith(name.toLowerCase())),
  )?.[1];
  let fitted: ProfileRules = profile;
  if (system) fitted = joinRules(fitted, system);
  // A language's phrases come last, and only add: what the profile says of itself stays.
  if (phrases) fitted = withPhrases(fitted, phrases);
  return fitted === profile ? profile : { ...profile, ...fitted };
}

/** Lists are joined, the nearer first, for the first selector that matches wins; single values are replaced. */
export function joinRules<T extends ProfileRules>(base: T, nearer: SomeRules): T {
  return join(base, nearer);
}

export function emptyRules(): ProfileRules {
  return {
    selectors: { headline: [], lead: [], body: [], byline: [], date: [], section: [], caption: [], drop: [] },
    boilerplate: [],
    byline: { prefixes: [], photoPrefixes: [], separators: [], acronyms: [], bareNames: false },
    dateline: { times: [], tags: [] },
    credit: { prefixes: [] },
    captionLines: false,
    captionOpeners: [],
  };
}

function join<T>(base: T, nearer: unknown): T {
  const values = nearer as Record<string, unknown> | undefined;
  const joined = Object.entries(base as Record<string, unknown>).map(([key, value]) => {
    const own = values?.[key];
    if (own === undefined) return [key, value];
    if (Array.isArray(value)) return [key, [...new Set([...(own as unknown[]), ...value])]];
    return [key, typeof value === 'object' && value !== null ? join(value, own) : own];
  });
  return Object.fromEntries(joined) as T;
}

function withPhrases(own: ProfileRules, phrases: SomeRules): ProfileRules {
  const joined = joinRules(joinRules(emptyRules(), phrases), own);
  return {
    ...joined,
    byline: { ...joined.byline, bareNames: own.byline.bareNames || (phrases.byline?.bareNames ?? false) },
    captionLines: own.captionLines || (phrases.captionLines ?? false),
  };
}
