/** Bylines: people and agencies out of a printed line. */
import { isAgency, isDesk, isName, isOffice } from '#src/core/byline-names.ts';
import { compileOnce } from '#src/core/compile-once.ts';
import type { Profile } from '#src/core/profile.ts';
import { isRole, withoutRole } from '#src/core/roles.ts';
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

/**
 * The names on a line that may be a byline; null when it reads like anything else.
 * `bare`: a line without a prefix (`By`, `Bài và ảnh:`) may be one too; `named`: the page marks it as one; `desk`: it is
 * set as signatures are, so that an office (`Văn phòng UBND xã`) may stand there.
 */
export function readByline(
  line: string,
  rules: Rules,
  options: { bare: boolean; named?: boolean; desk?: boolean },
): Byline | null {
  const printed = tidy(line);
  if (printed === '' || printed.length > longestLine) return null;
  const told = printed
    .replace(/[(<[]?\S+@\S+\.\w+[)>\]]?/gu, ' ')
    // `Phan Trang (CTV)`: what somebody is to the paper; `(t/h)`, `(tổng hợp)`: how the text was made.
    .replace(/(?<=\p{L})\s\((?:CTV|PV|BTV)\)/gu, '')
    .replace(/\s\([\p{Ll}\p{M}/ ]{1,20}\)$/u, '')
    // `Par Jeanne Roux (à Lyon)`
    .replace(/(?<=\p{L})\s\((?:à|en|in|aus|em|au|aux)\s\p{Lu}[^()]{1,30}\)$/u, '')
    .replace(withAgency, (whole, names: string) =>
      names.split(/[\s/,]+/u).every((name) => isAgencyWord(name, rules)) ? '' : whole,
    )
    .replace(/\s\((?:T\/h|TH|T\.H|Tổng hợp|Ghi|Dịch|Lược dịch|Thực hiện)\)$/u, '')
    .replace(/(?<=\p{L})\s(?:ghi|lược ghi|lược dịch|tổng hợp|thực hiện)$/u, '')
    // `THÙY DUNG-MINH TÚ`: two Vietnamese names set close.
    .replace(closeNames, /[ăđơưĂĐƠƯ\u1EA0-\u1EF9]/u.test(printed) ? ' - ' : '$&')
    // `Posted by Jane Roe on November 20, 2026`, and words set together from two parts.
    .replace(/\s+(?:on|at)\s+(?:\p{L}+,\s)?(?:\p{L}+\.?\s\d{1,2}|\d{1,2}[\s/.-]\S+).{0,30}$/u, '')
    .replace(/^(By|Von|Par|Por|Oleh)(?=\p{Lu}\p{Ll})/u, '$1 ')
    // `Nguyễn An (Chi cục Kiểm lâm)`: where they work.
    .replace(
      /(?<=\p{L})\s*\((?!(?:theo|nguồn|ảnh|tin|bài|thực hiện|tổng hợp|photos?|by)\b)[^():]*\s\p{Ll}[^():]*\)$/iu,
      (office) => (/\s\p{Ll}/u.test(office) ? '' : office),
    )
    .trim();
  const report = reported.exec(told)?.groups?.['names'];
  if (report !== undefined) return { names: report.split(/[、，,]/u), photographers: [], printed };
  const parts = splitAtPrefixes(told, rules);
  // `Bild: Gäste vor dem Museum. Foto: Müller`: what a photo shows.
  if (parts.some(({ photo, text }) => photo && /\s\p{Ll}\S*\s\p{Ll}.*\.\s*$/u.test(text))) return null;
  // A bracket around the whole line, or a reporter's title behind the name, marks it as a prefix does.
  const marked =
    options.named ||
    (/^[(（【[](?![^）】]*(?:関連|相关|相關|推荐|写真|動画|特集|広告|阅读))[^()（）【】]{2,40}[)）】\]]$|[\p{L}](?:\s?기자|記者|记者)$|^(?:本报|本报讯|本刊|本网|本社|新华社|中新社)?(?:见习|實習)?(?:记者|記者|通讯员)[:：\s]/u.test(
      told,
    ) &&
      /^\P{Script=Latin}+$/u.test(told));
  const prefixed = marked || parts.some((part) => part.prefix !== null);
  if (!prefixed && (!options.bare || endsSentence(told))) return null;
  const raw = parts.flatMap((part) => splitNames(part.text, rules).map((name) => ({ name, prefix: part.prefix })));
  if (
    raw.length === 0 ||
    !raw.every(
      ({ name, prefix }) =>
        isName(
          name,
          // `Nước tràn ra sông. Ảnh: Tú Anh`: the prefix speaks for its own part.
          prefix !== null || marked,
          isOffice(name, prefix) || ((marked || options.desk === true) && isDesk(name)),
        ) || isAgency(name, rules),
    )
  )
    return null;
  return { ...namesOf(parts, rules), printed };
}

/** `Par Jeanne Roux (avec AFP)`, `Von Jan Alt mit dpa`: whose reports the text draws on. */
const withAgency = /[\s,]+\(?(?:avec|with|mit|con|com|met)\s+(?:l[’']|the\s|la\s)?(?<names>[\p{L}/, -]{2,30})\)?$/u;

function isAgencyWord(name: string, rules: Rules): boolean {
  return (
    isAgency(name, rules) ||
    /^(?:reuters|agencies|agences?|agenturen|agencias?|agenzie|wires?|e|y|et|und|and)$/iu.test(name)
  );
}

const vietnamese = String.raw`\p{Lu}[\p{L}\p{M}]*(?:\s\p{Lu}[\p{L}\p{M}]*){1,3}`;
const closeNames = new RegExp(`(?<=^${vietnamese})[-–](?=${vietnamese}$)`, 'u');

/** `記者林曉彤／雲坪報導` */
const reported =
  /^(?:本報|本报|特約|實習)?(?:記者|记者)[\s:：]*(?<names>[\p{Script=Han}、，,]{2,20})[／/][\p{Script=Han}]{1,12}(?:報導|报道|報道)$/u;

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
  const { start, labels, photo: photoPrefixes } = compiledFor(rules);
  if (start === null) return [{ prefix: null, photo: false, text }];
  const found = [...text.matchAll(start)];
  const parts: Part[] = [];
  if (found[0]?.index !== 0) parts.push({ prefix: null, photo: false, text: text.slice(0, found[0]?.index) });
  for (const [index, match] of found.entries()) {
    const end = found[index + 1]?.index ?? text.length;
    const prefix = bare(match[0]);
    const photo = photoPrefixes.has(prefix);
    parts.push({
      prefix: `${prefix}${/[:：]$/.test(match[0]) ? ':' : ''}`,
      photo,
      text: text.slice(match.index + match[0].length, end),
    });
  }
  // `Tin bài: Tú Anh`: a label of two words, of which only the second is known.
  const isLabel = (part: Part) => part.prefix === null && parts.length > 1 && labels.has(bare(trimSigns(part.text)));
  return parts.filter((part) => trimSigns(part.text) !== '' && !isLabel(part));
}

interface Compiled {
  start: RegExp | null;
  photo: ReadonlySet<string>;
  labels: ReadonlySet<string>;
  separator: RegExp | null;
}

/** Hundreds of prefixes, asked for every line of a page. */
const compiledFor = compileOnce((rules: Rules): Compiled => {
  const prefixes = [...rules.photoPrefixes, ...rules.prefixes].sort((a, b) => b.length - a.length);
  const separators = rules.separators.map(separatorPattern).join('|');
  return {
    start:
      prefixes.length === 0
        ? null
        : new RegExp(`(?<=^|[\\s(/;,–—-])(?:${prefixes.map(prefixPattern).join('|')})`, 'giu'),
    photo: new Set(rules.photoPrefixes.map(bare)),
    labels: new Set(prefixes.map(bare)),
    separator: separators === '' ? null : new RegExp(separators, 'iu'),
  };
});

// `Ảnh:` needs its colon, `By` needs a space and the line's start: "Stand by Me" is no byline.
function prefixPattern(prefix: string): string {
  const words = RegExp.escape(prefix.replace(/\s*[:：]$/, '')).replace(/\s+/g, '\\s+');
  const opening = '(?<=(?:^|[;(（])[^\\p{L}\\p{N}]*)';
  if (!/[:：]$/.test(prefix)) return `${opening}${words}(?:\\s*[:：]|(?=\\s))`;
  // Where words are set without spaces a space does for the colon.
  return /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(prefix)
    ? `(?:${words}\\s*[:：＝=]|${opening}${words}(?=\\s)|(?<=^|\\s)${words}[／/・])`
    : /\p{Script=Arabic}$/u.test(prefix.replace(/\s*[:：]$/, ''))
      ? // `كتب – سامي الحداد`
        `${words}(?:\\s*[:：]|\\s+[–—-](?=\\s))`
      : `${words}\\s*[:：]`;
}

function bare(prefix: string): string {
  return tidy(prefix)
    .replace(/\s*[:：／/・＝=]$/, '')
    .toLowerCase();
}

/** `台北報導`, `, inviata a Torino`, `, do Recife`: from where. */
const reports =
  /^\p{Script=Han}{1,8}(?:報導|报道|報道)$|^(?:news )?agencies$|^wire (?:services|reports)$|^agences$|^Agenturen$|^(?:inviat[oaie]|enviad[oa]s?|envoyée?s?|desde|do|da|de|em)\s\p{L}[\p{L}\p{M} ’'-]{1,30}$/u;

function splitNames(text: string, rules: Rules): string[] {
  const { separator } = compiledFor(rules);
  const split = separator === null ? [text] : text.split(separator);
  const names = split
    .flatMap((name) => name.split(/[()[\]（）【】]/u))
    .map((name) => withoutRole(trimSigns(name)))
    .flatMap(splitAtWaw)
    // Han names of two to four signs, parted by nothing but spaces.
    .flatMap((name) =>
      /^\s*\p{Script=Han}{2,4}(?:\s+\p{Script=Han}{2,4})+\s*$/u.test(name) ? name.trim().split(/\s+/) : [name],
    )
    .filter((name) => name !== '' && !reports.test(name));
  const people = names.filter((name) => !isRole(name));
  // `Nhóm phóng viên`: a desk signs as a whole.
  return people.length > 0 ? people : names;
}

/** The Arabic `and` is written onto the second name; names of two words stand on both its sides, since names begin so too. */
function splitAtWaw(names: string): string[] {
  const [, first, second] =
    /^(\S+ \S+(?: \S+)?) و(\p{Script=Arabic}{3,} \p{Script=Arabic}\S+(?: \S+)?)$/u.exec(names) ?? [];
  return first === undefined || second === undefined ? [names] : [first, second];
}

// A hyphen or a word joins names only with spaces around it: `Nguyễn Thị A-B` is one person.
function separatorPattern(separator: string): string {
  const sign = RegExp.escape(separator.trim());
  if (/^[-–—]$/u.test(separator.trim())) return `(?:\\s+${sign}\\s*|${sign}\\s+)`;
  if (separator.trim() === '+') return '\\s*\\+\\s*(?=\\p{L})';
  // Scripts that set words without spaces join names so too.
  if (/^[\p{L}\p{M} ]+$/u.test(separator))
    return /^\p{Lo}/u.test(separator.trim()) ? `\\s+${sign}\\s*` : `\\s+${sign}\\s+`;
  return `\\s*${sign}\\s*`;
}

/** Who saw the text through is no author of it, unless nobody else is named. */
const editors =
  /^(?:editing by|edited by|biên tập|hiệu đính|duyệt|編集|責任編輯|责任编辑|编辑|redaktion|édité par|editado por|edición)/u;

function namesOf(all: readonly Part[], rules: Rules): { names: string[]; photographers: string[] } {
  const authors = all.filter((part) => !editors.test(part.prefix ?? ''));
  const parts = authors.length > 0 ? authors : all;
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

function trimSigns(text: string): string {
  return text.replace(/^[\s.,:;/&–—-]+|[\s,:;/&–—-]+$|(?<=\p{Ll})\.$/gu, '');
}
