/** Numbers that are written as words; other scripts' words are compared one by one anyway. */

/** The first one in `summary` that `said` holds neither so nor in figures; null when there is none. */
export function strangeNumberWord(summary: string, said: string, language: string): string | null {
  const values = wordsIn(language);
  if (!values) return null;
  const own = new Set(wordsOf(said));
  const isKnown = (word: string) => own.has(word.toLowerCase()) || own.has(values.get(word.toLowerCase())!);
  return wordsOf(summary, false).find((word) => values.has(word.toLowerCase()) && !isKnown(word)) ?? null;
}

function wordsOf(text: string, isFolded = true): string[] {
  const words = text.normalize('NFC').match(/[\p{L}\p{M}]+|\p{N}+/gu) ?? [];
  return isFolded ? words.map((word) => word.toLowerCase()) : words;
}

/** Each with its value in figures. */
function wordsIn(language: string): ReadonlyMap<string, string> | undefined {
  const key = language.toLowerCase().split('-')[0]!;
  return Object.hasOwn(byLanguage, key) ? byLanguage[key] : undefined;
}

/** From two on; `-` for a word that means something else too. */
function numbered(words: string): ReadonlyMap<string, string> {
  return new Map(words.split(' ').flatMap((word, index) => (word === '-' ? [] : [[word, String(index + 2)] as const])));
}

const byLanguage: Readonly<Record<string, ReadonlyMap<string, string>>> = {
  vi: numbered('hai ba bốn - sáu bảy tám - mười'),
  en: numbered('two three four five six seven eight nine ten eleven twelve'),
  fr: numbered('deux trois quatre cinq six sept huit - dix onze douze'),
  de: numbered('zwei drei vier fünf sechs sieben acht neun zehn elf zwölf'),
  es: numbered('dos tres cuatro cinco seis siete ocho nueve diez once doce'),
  pt: numbered('dois três quatro cinco seis sete oito nove dez onze doze'),
  it: numbered('due tre quattro cinque sei sette otto nove dieci undici dodici'),
  nl: numbered('twee drie vier vijf zes zeven acht negen tien elf twaalf'),
  id: numbered('dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas'),
  ru: numbered('два три четыре пять шесть семь восемь девять десять'),
};
