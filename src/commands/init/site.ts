/** What a front page tells of its newsroom, and what has to be guessed. */
import type { Guess } from '#config/write-settings.ts';
import { languageOf } from '#src/articles/language.ts';
import { metaContents } from '#src/articles/meta-tags.ts';
import type { SiteSettings } from '#src/core/settings.ts';
import { tidy } from '#src/core/text.ts';
import { type HtmlDocument, parsePage, selectAll, textOf } from '#src/markup/html.ts';
import type { SiteLook } from '#src/sources/source.ts';

export type GuessedSite = Record<keyof SiteSettings, Guess>;

/** Languages and countries that live in one zone. */
const zones: Readonly<Record<string, string>> = {
  vi: 'Asia/Ho_Chi_Minh',
  th: 'Asia/Bangkok',
  ja: 'Asia/Tokyo',
  ko: 'Asia/Seoul',
  '.vn': 'Asia/Ho_Chi_Minh',
  '.th': 'Asia/Bangkok',
  '.jp': 'Asia/Tokyo',
  '.kr': 'Asia/Seoul',
  '.la': 'Asia/Vientiane',
  '.kh': 'Asia/Phnom_Penh',
  '.sg': 'Asia/Singapore',
  '.ph': 'Asia/Manila',
  '.tw': 'Asia/Taipei',
  '.de': 'Europe/Berlin',
  '.fr': 'Europe/Paris',
  '.uk': 'Europe/London',
};

export function guessSite({ url, html }: SiteLook): GuessedSite {
  const page = parsePage(html, url);
  const language = guessLanguage(page);
  return {
    name: guessName(page, url),
    url: { value: new URL(url).origin, why: null },
    language,
    timezone: guessZone(url, language.value),
  };
}

/** As the settings hold it. */
export function siteSettings({ name, url, language, timezone }: GuessedSite): SiteSettings {
  return { name: name.value, url: url.value, language: language.value, timezone: timezone.value };
}

/** Where most articles are in another language than the front page seemed to be, they are right. */
export function withArticles(site: GuessedSite, languages: readonly string[]): GuessedSite {
  const counts = Map.groupBy(languages, primaryOf);
  const [primary, most] = [...counts].sort((a, b) => b[1].length - a[1].length)[0] ?? [];
  if (!primary || !most || primary === primaryOf(site.language.value) || most.length * 3 < languages.length * 2)
    return site;
  const language = { value: most[0]!, why: 'guessed from the last articles' };
  return { ...site, language, timezone: guessZone(site.url.value, language.value) };
}

function guessName(page: HtmlDocument, url: string): Guess {
  const title = tidy(textOf(page.querySelector('title') ?? page.createElement('title')));
  const candidates: [text: string | undefined, why: string][] = [
    [metaContents(page, ['og:site_name'])[0], 'guessed from the front page’s og:site_name'],
    [metaContents(page, ['application-name', 'apple-mobile-web-app-title'])[0], 'guessed from the front page’s head'],
    [siteIn(title), 'guessed from the front page’s title'],
  ];
  for (const [text, why] of candidates) {
    const name = cut(tidy(text ?? ''));
    if (name !== '') return { value: name, why };
  }
  return { value: new URL(url).hostname, why: 'the front page names none: its address stands for it' };
}

const home =
  /^(?:home(?:page)?|welcome|start(?:seite)?|accueil|inicio|in[ií]cio|trang chủ|หน้าแรก|ホーム|トップページ|首页|首頁|홈|الرئيسية|главная)$/iu;

/** `Trang chủ | Báo Ví Dụ - Tin tức mới nhất` -> `Báo Ví Dụ`. */
function siteIn(title: string): string | undefined {
  return title
    .split(/\s+[-–—|·»:]\s+|\s*[|»]\s*/u)
    .map(tidy)
    .find((part) => part !== '' && !home.test(part));
}

function cut(text: string): string {
  return [...text.replace(/\p{Cc}/gu, '')].slice(0, 100).join('').trim();
}

function guessLanguage(page: HtmlDocument): Guess {
  const claimed =
    page.documentElement.getAttribute('lang') ?? metaContents(page, ['og:locale', 'content-language'])[0] ?? null;
  const sample = selectAll(page, 'h1, h2, h3, p, a')
    .slice(0, 150)
    .map((element) => tidy(textOf(element)))
    .join('\n')
    .slice(0, 3000);
  const found = languageOf({ language: claimed, paragraphs: [sample] }, '', {
    name: '',
    url: '',
    language: 'und',
    timezone: 'UTC',
  });
  if (found === 'und')
    return { value: 'en', why: 'the front page tells none: change it to the language of the articles' };
  const isClaimed = claimed !== null && primaryOf(claimed) === primaryOf(found);
  return { value: found, why: isClaimed ? 'as the front page’s markup says' : 'guessed from the front page’s words' };
}

function guessZone(url: string, language: string): Guess {
  const { hostname } = new URL(url);
  const byCountry = zones[`.${hostname.split('.').at(-1)}`];
  const zone = byCountry ?? zones[primaryOf(language)];
  const what = 'dates without a zone are read in it; change it to the newsroom’s';
  if (!zone) return { value: 'UTC', why: `not known: ${what}, such as Europe/Berlin` };
  return {
    value: zone,
    why: `guessed from the ${byCountry ? 'country of the address' : 'language'}: ${what} if that is another`,
  };
}

const primaryOf = (language: string): string => language.toLowerCase().split(/[-_]/)[0] ?? '';
