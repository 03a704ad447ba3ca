/** Which charset bytes without a label are in, by the words they make. */
import { decodeAs } from '#src/markup/charset-names.ts';

/** Null: by none of them do the bytes make words that people write. */
export function guessCharset(bytes: Uint8Array): string | null {
  const sample = bytes.subarray(0, 64 * 1024);
  if (hasJapaneseEscapes(sample)) return 'iso-2022-jp';
  if (!sample.some((byte) => byte > 0x7f)) return null;
  const vietnamese = best(['windows-1258', 'tcvn', 'viscii'], sample, vietnameseShare);
  if (vietnamese) return vietnamese;
  return best(Object.keys(alphabets), sample, (text, charset) => alphabetShare(text, alphabets[charset]!));
}

const enough = 0.75;

function best(charsets: string[], sample: Uint8Array, share: (text: string, charset: string) => number): string | null {
  let found: string | null = null;
  let highest = enough;
  for (const charset of charsets) {
    const value = share(decodeAs(sample, charset).normalize('NFC'), charset);
    if (value <= highest) continue;
    found = charset;
    highest = value;
  }
  return found;
}

/** ISO-2022-JP is ASCII but for its escapes `ESC $ B` and `ESC $ @`. */
function hasJapaneseEscapes(bytes: Uint8Array): boolean {
  const at = bytes.indexOf(0x1b);
  return at >= 0 && bytes[at + 1] === 0x24 && (bytes[at + 2] === 0x42 || bytes[at + 2] === 0x40);
}

const vietnameseSyllable =
  /^(?:ch|gh|gi|kh|ngh|ng|nh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?$/;
const onlyVietnamese = /[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉĩịọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹđơưă]/i;

/** Of the words with marks, the share that can be a Vietnamese syllable; 0 when none needs to be Vietnamese. */
function vietnameseShare(text: string): number {
  const words = (text.match(/[\p{L}\p{M}\uFFFD\p{S}\p{Cc}]+/gu) ?? []).filter((word) => /[^\0-\x7F]/.test(word));
  const specific = words.filter((word) => onlyVietnamese.test(word)).length;
  // A few words can be anything.
  if (words.length < 4 || specific < words.length * 0.4) return 0;
  const good = words.filter((word) => vietnameseSyllable.test(withoutMarks(word))).length;
  return good / words.length;
}

const withoutMarks = (word: string): string =>
  word
    .toLowerCase()
    .replaceAll('đ', 'd')
    .normalize('NFD')
    .replace(/[\u0300-\u0309\u031B\u0323]/g, '');

/** By what letters a charset's texts are known: `sure` count fully, `fair` half. */
interface Alphabet {
  sure: RegExp;
  fair?: RegExp;
}

const commonHan =
  /[的一是不了人我在有他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种全工者向情部正名定问力机给等业最間新位因重被第相次東东政海市這來國個說們為時會過學對後沒還發當開頭經見與進實點機給業動兩長樣現將報记記聞闻部]/u;
const japanese: Alphabet = { sure: /[\u3041-\u30FF]/u, fair: /[\p{Script=Han}\u3000-\u303F\uFF01-\uFF5E]/u };
const chinese: Alphabet = { sure: commonHan, fair: /[\p{Script=Han}\u3000-\u303F\uFF01-\uFF5E]/u };
const cyrillic: Alphabet = { sure: /[а-яёіїєґў№«»–—]/u, fair: /[А-ЯЁІЇЄҐ]/u };
const typographic = '“”‘’„‚–—…«»•·°€©®™\u00A0';

/** In order of worth where two explain the bytes equally well. */
const alphabets: Readonly<Record<string, Alphabet>> = {
  'windows-1252': { sure: new RegExp(`[àâäáãåæçèéêëìíîïñòóôöõøùúûüÿœšžßÀÉÖÄÜÅØÆÇÈÊÑÓÚ¿¡ºª${typographic}]`, 'u') },
  'windows-1250': { sure: new RegExp(`[ąćęłńóśźżáčďéěíňřšťúůýžäôĺľŕăâîşţőűöüßŁŚŻČŘŠŽ${typographic}]`, 'u') },
  'windows-1254': { sure: new RegExp(`[çğıöşüâîûÇĞİÖŞÜ${typographic}]`, 'u') },
  'windows-1251': cyrillic,
  'koi8-r': cyrillic,
  'windows-1256': { sure: /[\u0621-\u064Aپچژگک،؛؟\u200C]/u },
  'windows-1255': { sure: /[\u05D0-\u05EA]/u },
  'windows-1253': { sure: /[α-ωάέήίόύώϊϋΐΰ]/u, fair: /[Α-ΩΆΈΉΊΌΎΏ]/u },
  'euc-kr': { sure: /[\uAC00-\uD7A3]/u, fair: /[\u3000-\u303F\uFF01-\uFF5E]/u },
  shift_jis: japanese,
  'euc-jp': japanese,
  gb18030: chinese,
  big5: chinese,
  // Nearly every byte is some Thai letter; those that Thai hardly uses tell other texts.
  'windows-874': { sure: /[กขคงจฉชซญณดตถทธนบปผฝพฟภมยรลวศษสหอะ-ฺเ-์ฯ]/u },
};

/** 1: nothing but this alphabet's letters; what it does not know, and words of two scripts, count against it. */
function alphabetShare(text: string, { sure, fair }: Alphabet): number {
  const strange = [...text.slice(0, 20_000)].filter((letter) => letter > '\x7F');
  if (strange.length === 0) return 0;
  let points = 0;
  for (const letter of strange) points += sure.test(letter) ? 1 : fair?.test(letter) ? 0.7 : -1;
  // A capital after a small letter, Latin beside another script: what one charset makes of another's words.
  const clashes =
    text.match(/\p{Ll}\p{Lu}|[a-z](?=[^\0-\u024F\p{P}\p{S}\p{Z}])|(?<=[^\0-\u024F\p{P}\p{S}\p{Z}])[a-z]/gu) ?? [];
  return (points - clashes.length) / strange.length;
}
