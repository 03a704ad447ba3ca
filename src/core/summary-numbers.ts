/** Numbers of a summary that its article does not hold. */
import { strangeNumberWord } from '#src/core/number-words.ts';

/** The first one as written, with the word of size behind it; null when there is none. */
export function strangeNumber(summary: string, said: string, language: string): string | null {
  const known = new Set(numbersOf(said).map(({ key }) => key));
  return numbersOf(summary).find(({ key }) => !known.has(key))?.written ?? strangeNumberWord(summary, said, language);
}

/** `1.484`, `12,5 triệu`, `30%`, in any script's digits. */
const number =
  /\p{Nd}+(?:[.,\u00A0\u202F'’٬٫]\p{Nd}+)*(?:\s?(?:tỷ|tỉ|triệu|nghìn|ngàn|vạn|trillion|billion|million|thousand|bn|mn|milliards?|millions?|mille|milliarden?|millionen|mrd|mio|mil|millones|milhões|миллион\p{L}*|миллиард\p{L}*|тысяч\p{L}*|ล้าน|พัน|หมื่น|แสน|مليون|مليار|ألف|लाख|करोड़|हज़ार)(?![\p{L}\p{M}])|\s?(?:[万亿億萬兆千百만억조%٪％‰])|\s?(?:phần trăm|per ?cent|percent|prozent|pour cent|por ciento)(?!\p{L}))?/giu;

function numbersOf(text: string): { written: string; key: string }[] {
  return [...text.normalize('NFC').matchAll(number)].map(([written]) => ({ written, key: keyOf(written) }));
}

/** Two spellings of one number have one key: `1.484`, `1,484` and `1484`; `12,5` and `12.5`; `30 %` and `30%`. */
function keyOf(written: string): string {
  const [digits = ''] = /^[\p{Nd}.,\u00A0\u202F'’٬٫]+/u.exec(written) ?? [];
  const size = written.slice(digits.length).trim().toLowerCase();
  const groups = [...digits]
    .map(asciiDigit)
    .join('')
    .split(/[^0-9]+/);
  const isGrouped = groups.length > 1 && groups.slice(1).every((group) => group.length === 3);
  const value = isGrouped || groups.length === 1 ? groups.join('') : groups.join('.');
  return `${value.replace(/^0+(?=\d)/, '')} ${sizes[size] ?? size}`.trim();
}

const sizes: Readonly<Record<string, string>> = {
  tỉ: 'tỷ',
  ngàn: 'nghìn',
  bn: 'billion',
  mn: 'million',
  'phần trăm': '%',
  percent: '%',
  'per cent': '%',
  prozent: '%',
  'pour cent': '%',
  'por ciento': '%',
  '٪': '%',
  '％': '%',
};

/** Digits of a script stand in tens, each ten beginning with its nought. */
function asciiDigit(character: string): string {
  if (/[0-9]/.test(character) || !/\p{Nd}/u.test(character)) return character;
  const code = character.codePointAt(0)!;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String(code - zero);
}
