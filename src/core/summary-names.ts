/** Names of a summary that its article does not hold. */

/** The first one as written; null when there is none. Where capitals mark no names, every word must be the article's. */
export function strangeName(summary: string, said: string): string | null {
  return strangeCapitals(summary, said) ?? strangeWord(summary, said);
}

/** Words of scripts with capitals; `.` within one belongs to it (`PGS.TS`), an apostrophe too. */
const word =
  /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*/gu;

interface Word {
  text: string;
  isCapital: boolean;
  /** Only blanks, or the full stop of an abbreviation, stand between it and the one before. */
  follows: boolean;
  opensSentence: boolean;
}

/** Capitals in a row are one name: it must stand so in the article, not put together from others. */
function strangeCapitals(summary: string, said: string): string | null {
  const own = wordsOf(said);
  const known = new Set(own.map(({ text }) => fold(text)));
  const line = ` ${own.map(({ text }) => fold(text)).join(' ')} `;
  for (const name of namesOf(summary)) {
    const texts = name.map(({ text }) => text);
    if (line.includes(` ${texts.map(fold).join(' ')} `)) continue;
    // A sentence begins with a capital whatever its first word is.
    const [first, ...rest] = texts;
    const isOpening = name[0]!.opensSentence && (known.has(fold(first!)) || openers.has(fold(first!)));
    if (isOpening && (rest.length === 0 || line.includes(` ${rest.map(fold).join(' ')} `))) continue;
    return texts.join(' ');
  }
  return null;
}

function namesOf(text: string): Word[][] {
  const names: Word[][] = [];
  let current: Word[] = [];
  for (const one of wordsOf(text)) {
    if (!(one.isCapital && one.follows && current.length > 0)) {
      if (current.length > 0) names.push(current);
      current = [];
    }
    if (one.isCapital) current.push(one);
  }
  return current.length > 0 ? [...names, current] : names;
}

function wordsOf(text: string): Word[] {
  let end = 0;
  return [...text.normalize('NFC').matchAll(word)].map(({ 0: found, index }) => {
    const between = text.slice(end, index);
    const opensSentence = end === 0 || /[.!?…:;]["'”’»)\]]*\s+["'“‘«(]*$|[“"«]$/u.test(between);
    const follows = end > 0 && /^(\s|\.\s?)$/u.test(between);
    end = index + found.length;
    return { text: found, isCapital: /\p{Lu}/u.test(found), follows, opensSentence };
  });
}

/** Words of scripts without capitals, two letters or more, that the article does not hold. */
function strangeWord(summary: string, said: string): string | null {
  const source = said.normalize('NFC');
  for (const { segment, isWordLike } of segmenter.segment(summary.normalize('NFC'))) {
    if (!isWordLike || !uncased.test(segment) || [...segment].length < 2 || source.includes(segment)) continue;
    if (!stems(segment).some((stem) => source.includes(stem))) return segment;
  }
  return null;
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

// Hiragana alone is grammar.
const uncased =
  /(?![\p{Script=Hiragana}ー]+$)[\p{Script=Han}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Georgian}\p{Script=Ethiopic}]/u;

/** Without what Korean hangs behind a noun and Arabic and Hebrew write before one. */
function stems(segment: string): string[] {
  if (/\p{Script=Hangul}/u.test(segment)) return [segment.slice(0, -1), segment.slice(0, -2)].filter(isLong);
  if (/\p{Script=Arabic}/u.test(segment)) return [segment.replace(/^[وفبلك]?(ال)?/u, '')].filter(isLong);
  if (/\p{Script=Hebrew}/u.test(segment)) return [segment.slice(1)].filter(isLong);
  return [];
}

const isLong = (stem: string) => [...stem].length >= 2;

const fold = (text: string) => text.normalize('NFC').toLowerCase().replace(/’/g, "'");

/** What sentences begin with that names nobody. */
const openers = new Set(
  (
    'theo tại trong ngày sáng chiều tối trưa đêm sau trước khi từ đến các những một hai ông bà anh chị em đoàn cơ lực người ' +
    'hơn gần khoảng nhiều đây đó ở với do vì để cùng hiện dự công việc lãnh chính the a an in on at by after before ' +
    'from with for over about more some most all two three it they he she this these police officials residents ' +
    'le la les un une des dans à au aux après avant selon el los las una en tras según der die das ein eine im am ' +
    'nach vor bei laut o os as um uma no na em após segundo il lo gli una nel nella dopo secondo в на по после ' +
    'pada di setelah menurut para de het een bij volgens'
  ).split(' '),
);
