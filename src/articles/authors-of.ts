/** Whom a page names as the authors of its article. */
import { type JsonObject, listOf, textOfValue } from '#src/articles/json-ld.ts';
import { markedAuthors } from '#src/articles/marked.ts';
import { metaContents, selected } from '#src/articles/meta-tags.ts';
import type { NearLine } from '#src/articles/near-headline.ts';
import { type Byline, readByline } from '#src/core/byline.ts';
import type { Profile } from '#src/core/profile.ts';
import { tidy } from '#src/core/text.ts';
import { type HtmlDocument, type HtmlElement, selectAll, textOf } from '#src/markup/html.ts';

export interface AuthorRules {
  selectors: readonly string[];
  byline: Profile['byline'];
  /** What the page prints around its headline. */
  lines: readonly NearLine[];
  isNobody: (name: string) => boolean;
}

/** Names as they stand in the first place that names anybody; a printed line that names more than that is better. */
export function authorsOf(
  document: HtmlDocument,
  data: JsonObject,
  rules: AuthorRules,
): { names: string[]; printed: string | null } {
  const { selectors, isNobody } = rules;
  const places = [
    () => [...listOf(data['author']), ...listOf(data['creator'])].flatMap((author) => textOfValue(author) ?? []),
    ...metaNames.map((name) => () => metaContents(document, [name])),
    () => markedAuthors(document),
    () => selectedAuthors(document, selectors),
  ];
  const line = printedByline(rules);
  const printed = line?.names ?? [];
  for (const place of places) {
    const names = place()
      .map((name) => withoutOutlet(name, isNobody))
      .filter((name) => !/^(?:https?:|@)/i.test(name) && !isNobody(name));
    if (names.length === 0) continue;
    if (printed.length > 0 && names.every((name) => outlet.test(name))) break;
    const isMore = printed.length > names.length && names.every((name) => holds(printed, name));
    const isSame = names.some((name) => holds(printed, name));
    return { names: isMore ? printed : [...new Set(names)], printed: isSame ? (line?.printed ?? null) : null };
  }
  return { names: printed, printed: line?.printed ?? null };
}

/** The text of the first element a selector finds; where it holds several links or names, each of these. */
function selectedAuthors(document: HtmlDocument, selectors: readonly string[]): string[] {
  const printed = selected(document, selectors);
  if (printed === null) return [];
  const [element] = selectAll(document, ...selectors).filter((each) => tidy(textOf(each)) === printed);
  const links = element ? selectAll(element, 'a[href]').map((link) => tidy(textOf(link))) : [];
  const names = links.filter((name) => name !== '' && !/[@\d]/.test(name));
  const beside = element ? besideOf(element, selectors) : [];
  if (beside.length > 1) return beside;
  return names.length > 1 && names.join(' ').length >= printed.length * 0.8 ? names : [printed];
}

/** `<a>A</a> in London and <a>B</a> in Paris`: links of one kind in one line. */
function besideOf(element: HtmlElement, selectors: readonly string[]): string[] {
  const { parentElement: parent } = element;
  if (element.localName !== 'a' || !parent) return [];
  const isOwn = /^(?:address|span|li)$/.test(parent.localName);
  const links = selectAll((isOwn ? parent.parentElement : null) ?? parent, ...selectors).filter(
    (each) => each.localName === 'a' && (each.parentElement === parent || isLikeIt(each.parentElement, parent)),
  );
  return [...new Set(links.map((link) => tidy(textOf(link))))].filter((name) => name !== '' && !/[@\d]/.test(name));
}

/** `<address>By <a>A</a></address><address>and <a>B</a></address>` */
function isLikeIt(one: HtmlElement | null, other: HtmlElement): boolean {
  return one !== null && one.localName === other.localName && one.parentElement === other.parentElement;
}

/** `Jussara Tavares, Gazeta do Vale — Vila Ipê`: after the name come the paper and the place. */
function withoutOutlet(line: string, isNobody: (name: string) => boolean): string {
  const [first = '', ...others] = line.split(/(?=\s*[,|]\s|\s[–—-]\s)/u);
  const at = others.findIndex((part) => isNobody(part.replace(/^[\s,|–—-]+/u, '')));
  return at < 0 ? line : [first, ...others.slice(0, at)].join('');
}

/** A paper's or broadcaster's name says less than a person's who is printed. */
export const outlet =
  /(?:일보|신문|뉴스|방송|新聞|新闻|日报|日報|晚报|网|網|(?:^|\s)(?:Times|News|Herald|Post|Gazette|Tribune|Daily|Zeitung|Nachrichten|Kurier|Courrier|Journal|Diario|Noticias))$|^(?:Báo|Đài|Cổng|Trang|Ban|Tòa soạn|Redaktion|Redacción|Rédaction)\s/iu;

const metaNames = [
  'article:author',
  'author',
  'byl',
  'dc.creator',
  'parsely-author',
  'sailthru.author',
  'content_author',
  'og:article:author',
  'article.author',
  'articleauthor',
  'cxenseparse:author',
  'mediator_author',
  'twitter:creator',
];

const authorNames =
  /(?:^|[\s_-])(?:author|authors|by-?line|writer|reporter|journalist|contributor|signature|auteurs?|autor|autores|autorin|redakteur|verfasser|penulis|jurnalis|firma|tac-?gia|nguoi-?viet|nha-?bao)(?:$|[\s_-])/i;

/** The first line with a prefix, or in an element that is named after authors, that is nothing but names. */
function printedByline({ lines, byline: rules, isNobody }: AuthorRules): Byline | null {
  const told = lines.flatMap(({ text, names }, index) => {
    const named = authorNames.test(names) && text.length <= 80;
    const isBeside = rules.bareNames && isBesideDate(lines, index);
    const bare = /\s[–—-]\s[^,|–—-]+$/u.test(text) ? withoutOutlet(text, isNobody) : text;
    const read = readByline(bare, rules, { bare: named || isBeside, named });
    const people = read?.names.filter((name) => !isNobody(name)) ?? [];
    if (!read || people.length === 0 || (read.photographers.length === read.names.length && !writtenToo.test(text)))
      return [];
    return [{ ...read, names: people, isLink: names.startsWith('author ') }];
  });
  const first = told.find(({ printed }) => !source.test(printed)) ?? told[0];
  if (!first) return null;
  // One link for each of them, side by side.
  const beside = told.slice(told.indexOf(first)).filter(({ isLink }) => isLink);
  const names = first.isLink ? [...new Set(beside.flatMap((each) => each.names))] : first.names;
  return { names, photographers: first.photographers, printed: first.isLink ? names.join(', ') : first.printed };
}

/** `Story and photos by …`: who took the photos wrote it too. */
const writtenToo = /^(?:story|text|words|report|bài|tin|thực hiện|texte|texto|texte|testo|文|글)(?=\P{L})/iu;
/** Where a text was taken from says less than who wrote it. */
const source = /^(?:来源|來源|稿源|nguồn(?: tin)?|theo|source|quelle|fuente|fonte|источник|출처|منبع)(?:\s*[:：]|\s)/iu;
const dateShape = /\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{4}|\d{4}-\d{2}-\d{2}/;
const ofTime = /^(?:thứ|chủ nhật|ngày|lúc|cập nhật|đăng|xuất bản)\s/iu;
/** A line of its own that stands right before or after the date: two words at least, as names have. */
function isBesideDate(lines: readonly NearLine[], index: number): boolean {
  const { text = '' } = lines[index] ?? {};
  if (text.length > 40 || text.split(' ').length < 2 || /\d/.test(text) || ofTime.test(text)) return false;
  return [lines[index - 1], lines[index + 1]].some(
    (line) => line && line.text.length <= (line.text.startsWith(text) ? 70 : 40) && dateShape.test(line.text),
  );
}

function holds(names: readonly string[], name: string): boolean {
  return names.some((other) => other.toLowerCase() === name.toLowerCase());
}
