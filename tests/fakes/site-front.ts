import { type SiteLanguage, type SiteStory, siteWords } from '#tests/fakes/site-pages.ts';

/** The front page, or a section's: each teaser links its article by picture, by title and by “more”. */
export function frontPage(stories: readonly SiteStory[], language: SiteLanguage, section?: string): string {
  const { name, more, contact, sections } = siteWords[language];
  const title = section === undefined ? name : `${sections[section]} - ${name}`;
  const menu = Object.entries(sections).map(([path, label]) => `<li><a href="/${path}">${label}</a></li>`);
  const teasers = stories.map(
    (story) => `<div class="item"><a class="thumb" href="${story.path}"><img src="/photo.jpg" alt=""></a>
<h3 class="title"><a href="${story.path}?utm_source=home#top">${story.headline}</a></h3>
<span class="date">${printed(story.publishedAt)}</span><p class="desc">${story.lead}</p><a class="more" href="${story.path}">${more}</a></div>`,
  );
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${title}</title>
<meta property="og:type" content="website"></head><body>
<header class="site-header"><a class="logo" href="/"><img src="/logo.png" alt="${name}"></a>
<nav class="main-menu"><ul>${menu.join('')}</ul></nav></header>
<main><h1>${section === undefined ? name : sections[section]}</h1><div class="news-list">${teasers.join('\n')}</div></main>
<aside><h4>Tags</h4><a href="/tag/a">chợ phiên</a> <a href="/tag/b">thổ cẩm</a></aside>
<footer><a href="/contact">${contact}</a></footer></body></html>`;
}

/** `24/11/2026 08:30`, in UTC+7. */
function printed(at: number): string {
  const [day = '', time = ''] = new Date(at + 7 * 3_600_000).toISOString().split('T');
  return `${day.split('-').reverse().join('/')} ${time.slice(0, 5)}`;
}
