/** Bylines: people and agencies out of a printed line. */
import type { Profile } from '#src/core/profile.ts';
import { endsSentence, isCapitals, tidy, titleCase } from '#src/core/text.ts';

type Rules = Profile['byline'];

export interface Byline {
  /** In reading order, each once. */
  names: string[];
  /** Those who took the photos, where the line says so. */
  photographers: string[];
  /** The line as it stands. */
  printed: string;
}

const longestLine = 160;
const mostWords = 6;

/**
 * The names on a line that may be a byline; null when it reads like anything else.
 * `bare`: a line without a prefix (`By`, `Bài và ảnh:`) may be one too.
 */
export function readByline(line: string, rules: Rules, options: { bare: boolean }): Byline | null {
  const printed = tidy(line);
  if (printed === '' || printed.length > longestLine) return null;
  const parts = splitAtPrefixes(printed, rules);
  const prefixed = parts.some((part) => part.prefix !== null);
  if (!prefixed && (!options.bare || endsSentence(printed))) return null;
  const raw = parts.flatMap((part) => splitNames(part.text, rules));
  if (raw.length === 0 || !raw.every((name) => isName(name, prefixed))) return null;
  return { ...namesOf(parts, rules), printed };
}

/** The names in a text that is known to be a byline: an author field, a selector's text. */
export function readNames(text: string, rules: Rules): string[] {
  return namesOf(splitAtPrefixes(tidy(text), rules), rules).names;
}

interface Part {
  prefix: string | null;
  photo: boolean;
  text: string;
}

function splitAtPrefixes(text: string, rules: Rules): Part[] {
  const prefixes = [...rules.photoPrefixes, ...rules.prefixes].sort((a, b) => b.length - a.length);
  if (prefixes.length === 0) return [{ prefix: null, photo: false, text }];
  const start = `(?<=^|[\\s(/;,–—-])(?:${prefixes.map(prefixPattern).join('|')})`;
  const found = [...text.matchAll(new RegExp(start, 'giu'))];
  const parts: Part[] = [];
  if (found[0]?.index !== 0) parts.push({ prefix: null, photo: false, text: text.slice(0, found[0]?.index) });
  for (const [index, match] of found.entries()) {
    const end = found[index + 1]?.index ?? text.length;
    const prefix = bare(match[0]);
    const photo = rules.photoPrefixes.some((known) => bare(known) === prefix);
    parts.push({ prefix, photo, text: text.slice(match.index + match[0].length, end) });
  }
  return parts.filter((part) => trimSigns(part.text) !== '');
}

// `Ảnh:` needs its colon, `By` needs a space and the line's start: "Stand by Me" is no byline.
function prefixPattern(prefix: string): string {
  const words = RegExp.escape(prefix.replace(/\s*[:：]$/, '')).replace(/\s+/g, '\\s+');
  return /[:：]$/.test(prefix) ? `${words}\\s*[:：]` : `(?<=^[^\\p{L}\\p{N}]*)${words}(?:\\s*[:：]|(?=\\s))`;
}

function bare(prefix: string): string {
  return tidy(prefix)
    .replace(/\s*[:：]$/, '')
    .toLowerCase();
}

function splitNames(text: string, rules: Rules): string[] {
  const separator = rules.separators.map(separatorPattern).join('|');
  const split = separator === '' ? [text] : text.split(new RegExp(separator, 'iu'));
  return split
    .flatMap((name) => name.split(/[()[\]（）]/u))
    .map(trimSigns)
    .filter((name) => name !== '');
}

// A hyphen or a word joins names only with spaces around it: `Nguyễn Thị A-B` is one person.
function separatorPattern(separator: string): string {
  const sign = RegExp.escape(separator.trim());
  if (/^[-–—]$/u.test(separator.trim())) return `\\s+${sign}\\s+`;
  return /^[\p{L}\p{M} ]+$/u.test(separator) ? `\\s+${sign}\\s+` : `\\s*${sign}\\s*`;
}

function namesOf(parts: readonly Part[], rules: Rules): { names: string[]; photographers: string[] } {
  const everyName = parts.flatMap((part) => splitNames(part.text, rules));
  const inCapitals = everyName.some((name) => isCapitals(name) && /\s/.test(name));
  const read = (part: Part) => splitNames(part.text, rules).map((name) => printedName(name, inCapitals, rules));
  return {
    names: [...new Set(parts.flatMap(read))],
    photographers: [...new Set(parts.filter((part) => part.photo).flatMap(read))],
  };
}

function printedName(name: string, inCapitals: boolean, rules: Rules): string {
  if (!isCapitals(name)) return name;
  const isAcronym = (word: string) => rules.acronyms.includes(word) || /^[B-DF-HJ-NP-TV-XZ]{2,}$/.test(word);
  if (isAcronym(name)) return name;
  // One short word without accents beside names in small letters is an agency nobody listed.
  if (!inCapitals && /^[A-Z]{2,5}$/.test(name)) return name;
  return name
    .split(' ')
    .map((word) => (rules.acronyms.includes(word) ? word : titleCase(word)))
    .join(' ');
}

function isName(name: string, prefixed: boolean): boolean {
  if (name.length > 60 || /[\d:;!?“”"…@#=<>{}|\\]/u.test(name) || !/\p{L}/u.test(name)) return false;
  const words = name.split(' ');
  if (words.length > mostWords) return false;
  const isNameWord = (word: string) => /^[\p{Lu}\p{Lt}]/u.test(word);
  // Scripts without capitals give no sign of a name but the prefix.
  if (words.every((word) => /^\p{Lo}/u.test(word))) return prefixed;
  if (prefixed) return isNameWord(words[0] ?? '') && isNameWord(words.at(-1) ?? '');
  return words.every((word) => isNameWord(word) && !/\.$/.test(word)) || isCapitals(name);
}

function trimSigns(text: string): string {
  return text.replace(/^[\s.,:;/&–—-]+|[\s,:;/&–—-]+$|(?<=\p{Ll})\.$/gu, '');
}
