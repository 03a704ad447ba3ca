/** Sentences that say who somebody is, or who came along, between the name and its verb. */

/** The same without what stands between, where the verb can be told; as it is where not, or in another language. */
export function withoutAsides(sentence: string, language: string): string {
  if (!Object.hasOwn(asides, language)) return sentence;
  const { begins, verb } = asides[language]!;
  const parts = sentence.split(/(?<=[,;،؛])\s+/u);
  const from = parts.findIndex((part, index) => index > 0 && begins.test(part));
  const to = parts.findIndex((part, index) => index > from && verb.test(part));
  if (from < 0 || to < 0) return sentence;
  const named = parts.slice(0, from);
  // What only explains a name stands between two commas; a name alone has none before its verb.
  const subject = named.length > 1 ? named.join(' ') : named[0]!.replace(/[,;،؛]$/u, '');
  return [subject, ...parts.slice(to)].join(' ');
}

const words = (list: string) => new RegExp(`^(?:${list})(?![\\p{L}\\p{M}])`, 'u');

const besides =
  'في (?:بيان|مؤتمر|تصريح|كلمة)|خلال|بحضور|بمشاركة|برفقة|على هامش|يرافقه|ترافقه|الذي|التي|الذين|وبحضور|وبمشاركة|وذلك|ووقعه|إلى جانب';

const asides: Readonly<Record<string, { begins: RegExp; verb: RegExp }>> = {
  fr: {
    begins: words('accompagnée?s?|entourée?s?|qui|dont|en présence|aux côtés|ainsi que'),
    verb: words("a|ont|est|sont|avait|avaient|était|étaient|doit|devrait|va|vont|s[’']est|se sont|n[’']a"),
  },
  es: {
    begins: words('acompañad[oa]s?|junto|quien|quienes|que|en presencia|rodead[oa]s?|así como'),
    verb: words('ha|han|había|fue|fueron|es|son|se|será|[\\p{L}\\p{M}]+(?:ó|aron|ieron)'),
  },
  pt: {
    begins: words('acompanhad[oa]s?|ao lado|que|quem|na presença|junto|assim como'),
    verb: words('tem|têm|foi|foram|é|são|será|vai|[\\p{L}\\p{M}]+(?:ou|aram|eram|iram)'),
  },
  it: {
    begins: words('accompagnat[oaie]|affiancat[oaie]|che|(?:il|la) quale|alla presenza|insieme|nonché'),
    verb: words('ha|hanno|è|sono|aveva|avevano|sarà|si è'),
  },
  de: {
    begins: words('der|die|das|dem|den|dessen|deren|begleitet|gemeinsam|zusammen|in Begleitung|sowie'),
    verb: words('hat|haben|hatte|hatten|ist|sind|war|waren|wird|werden|will|wollen|soll|sollen'),
  },
  nl: {
    begins: words('die|dat|vergezeld|samen|in aanwezigheid|evenals'),
    verb: words('heeft|hebben|had|hadden|is|zijn|was|waren|wordt|worden|zal|zullen'),
  },
  // The verb comes first there: what was done or said follows the last of them.
  ar: { begins: words(besides), verb: new RegExp(`^(?!و|(?:${besides})(?![\\p{L}\\p{M}]))`, 'u') },
};
