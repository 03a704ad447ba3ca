/** Latin letters as a–z; other scripts keep theirs, since their marks are letters too. */

/** `Đắk Lắk` → `Dak Lak`, in German `Grüße` → `Gruesse`. */
export function foldedLetters(text: string, language: string): string {
  const own = ownSpellings[language.toLowerCase().split('-')[0]!] ?? {};
  return text
    .normalize('NFC')
    .replace(/\p{Script=Latin}\p{M}*/gu, (letter) => own[letter] ?? spellings[letter] ?? withoutMarks(letter))
    .normalize('NFC');
}

function withoutMarks(letter: string): string {
  const [base = '', ...marks] = letter.normalize('NFD');
  // What is left beside the base are marks; a letter that has no plain one stays.
  return marks.every((mark) => /\p{M}/u.test(mark)) ? (spellings[base] ?? base) : letter;
}

/** Letters of their own, which no mark can be taken from. */
const spellings: Readonly<Record<string, string>> = {
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  ħ: 'h',
  Ħ: 'H',
  ŧ: 't',
  Ŧ: 'T',
  ı: 'i',
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'Ae',
  œ: 'oe',
  Œ: 'Oe',
  þ: 'th',
  Þ: 'Th',
};

const umlauts = { ä: 'ae', ö: 'oe', ü: 'ue', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue' };
const nordic = { å: 'aa', Å: 'Aa', ø: 'oe', Ø: 'Oe' };

/** How a language itself writes them without marks. */
const ownSpellings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  de: umlauts,
  da: nordic,
  nb: nordic,
  nn: nordic,
  no: nordic,
};
