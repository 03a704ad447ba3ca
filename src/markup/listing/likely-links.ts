/** Which links of a page lead to articles, told by their addresses, their words and the pattern they stand in. */
import type { HtmlElement } from '#src/markup/html.ts';
import { articleLikeness } from '#src/markup/listing/article-address.ts';
import type { ListLink } from '#src/markup/listing/links.ts';

const enough = 3.5;
const likelyGroup = 3;
const menuGroup = 1.5;
const smallestGroup = 3;

const furnitureName =
  /(?:^|[-_\s])(?:nav(?:bar|igation)?|menu|main-?menu|sub-?menu|breadcrumbs?|footer|foot|pagination|pager|paging|share|social|lang(?:uage)?s?|login|topbar|copyright|sitemap)(?:$|[-_\s])/i;
const titleName = /(?:^|[-_])(?:title|tit|headline|heading|hl|tieu-?de|name)(?:$|[-_])/i;
const moreWords =
  /^(?:xem (?:thêm|tiếp|tất cả)|đọc (?:thêm|tiếp)|chi tiết|trang (?:chủ|sau|trước)|read more|more|see all|continue reading|next|previous|home|もっと(?:見る|読む)|続きを読む|一覧(?:へ|を見る)?|อ่านต่อ|ดูทั้งหมด|더보기|更多|阅读全文|lire la suite|weiterlesen|leer más|اقرأ المزيد)\b[\s.…»>→:]*$/iu;

interface Scored {
  link: ListLink;
  own: number;
  group: string;
}

/** One per address, in the page's order; `isOurs` says which addresses are the site's. */
export function likelyLinks(links: readonly ListLink[], page: string, isOurs: (url: string) => boolean): ListLink[] {
  const titles = titleLinks(links.filter(({ url }) => isOurs(url) && !isSamePage(url, page)));
  const scored = titles.map((link): Scored => ({ link, own: scoreOf(link), group: patternOf(link.element) }));
  const groups = Map.groupBy(scored, ({ group }) => group);
  const strength = new Map([...groups].map(([group, members]) => [group, groupStrength(members)]));
  const likely = scored.filter(({ own, group }) => own + (strength.get(group) ?? 0) >= enough);
  return (likely.length > 0 ? likely : bestGroup(groups)).map(({ link }) => link);
}

/** A teaser links its article by picture and by title: the longest words are the title. */
export function titleLinks(links: readonly ListLink[]): ListLink[] {
  const best = new Map<string, ListLink>();
  for (const link of links) {
    const known = best.get(link.key);
    const isBetter = !known || (wordy(link) > wordy(known) && !(isTitle(known.element) && !isTitle(link.element)));
    // A later link does not move the article down the list.
    if (isBetter) best.set(link.key, link);
  }
  return [...best.values()];
}

const wordy = ({ text }: ListLink): number => (moreWords.test(text) ? 0 : text.length);

function scoreOf(link: ListLink): number {
  const { element, text } = link;
  let score = wordScore(text) + articleLikeness(link.url);
  if (isTitle(element)) score += 1;
  if (element.closest('article, li, tr') !== null) score += 0.5;
  if (isFurniture(element)) score -= 3;
  return score;
}

function wordScore(text: string): number {
  if (text === '' || moreWords.test(text)) return -1;
  const wide = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0;
  const length = text.length + 1.2 * wide;
  return length >= 40 ? 3 : length >= 25 ? 2 : length >= 15 ? 1 : length < 8 ? -2 : 0;
}

function isTitle(element: HtmlElement): boolean {
  if (element.closest('h1, h2, h3, h4, h5, h6') !== null) return true;
  const inside = [...element.children].some((child) => /^h[1-6]$/.test(child.localName));
  return inside || [element, element.parentElement].some((each) => titleName.test(each?.getAttribute('class') ?? ''));
}

/** Menus, breadcrumbs, the page's head and foot; a teaser may have a head of its own. */
function isFurniture(element: HtmlElement): boolean {
  for (let current: HtmlElement | null = element; current; current = current.parentElement) {
    const { localName } = current;
    if (localName === 'body' || localName === 'article' || localName === 'main') return false;
    if (localName === 'nav' || localName === 'footer' || localName === 'header') return true;
    if (current.getAttribute('role') === 'navigation') return true;
    if (furnitureName.test(`${current.getAttribute('class') ?? ''} ${current.getAttribute('id') ?? ''}`)) return true;
  }
  return false;
}

/** How the link stands in the page: links of one list have the same. */
function patternOf(element: HtmlElement): string {
  const steps: string[] = [];
  for (let current: HtmlElement | null = element; current && steps.length < 5; current = current.parentElement) {
    if (current.localName === 'body') break;
    const name = (current.getAttribute('class') ?? '').split(/\s+/)[0]?.replace(/\d+/g, '') ?? '';
    steps.push(`${current.localName}.${name}`);
  }
  return steps.join('<');
}

function groupStrength(members: readonly Scored[]): number {
  if (members.length < smallestGroup) return 0;
  const middle = median(members.map(({ own }) => own));
  return middle >= likelyGroup ? 1 : middle < menuGroup ? -1.5 : 0.5;
}

/** Short headlines at short addresses: the pattern that repeats most likely, outside menus. */
function bestGroup(groups: ReadonlyMap<string, Scored[]>): Scored[] {
  const candidates = [...groups.values()]
    .map((members) => members.filter(({ own }) => own > 0))
    .filter((members) => members.length > 0)
    .map((members) => ({ members, worth: median(members.map(({ own }) => own)) + Math.min(members.length, 20) / 10 }))
    .filter(({ worth }) => worth >= menuGroup);
  return candidates.sort((a, b) => b.worth - a.worth)[0]?.members ?? [];
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

function isSamePage(url: string, page: string): boolean {
  const path = (address: string) => {
    const { host, pathname, search } = new URL(address);
    return `${host}${pathname.replace(/\/$/, '')}${search}`;
  };
  return path(url) === path(page) || (new URL(url).pathname === '/' && new URL(url).search === '');
}
