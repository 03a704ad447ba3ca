/** The sample site's documents: its RSS feed and its article pages, laid out as a provincial portal does. */
import type { SampleBlock } from '#src/demo/article-file.ts';
import type { PublishedArticle } from '#src/demo/desk.ts';

export const siteName = 'Báo Sơn Thủy';
const zone = 'Asia/Ho_Chi_Minh';

/** An RSS 2.0 feed with summaries only, so that the article pages have to be read. */
export function feedPage(articles: readonly PublishedArticle[], site: string): string {
  const items = articles.map(
    (article) => `
    <item>
      <title>${escapeHtml(article.headline)}</title>
      <link>${site}/bai/${article.slug}</link>
      <guid isPermaLink="false">son-thuy-${article.slug}</guid>
      <pubDate>${new Date(article.publishedAt).toUTCString()}</pubDate>
      <category>${escapeHtml(article.section)}</category>
      <description>${escapeHtml(article.sapo)}</description>
    </item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0">
  <channel>
    <title>${siteName}</title>
    <link>${site}/</link>
    <description>Tòa soạn mẫu của Loa</description>
    <language>vi</language>${items.join('')}
  </channel>
</rss>
`;
}

/** One article: headline, sapo, body with captioned photos, byline at the end, and a portal's usual furniture. */
export function articlePage(article: PublishedArticle, others: readonly PublishedArticle[], site: string): string {
  const english = article.language === 'en';
  const words = english
    ? { more: 'Related news', share: 'Share this article' }
    : { more: 'Các tin khác cùng mục', share: 'Chia sẻ bài viết' };
  const date = new Date(article.publishedAt).toISOString();
  const updated = new Date(article.updatedAt).toISOString();
  const url = `${site}/bai/${article.slug}`;
  const links = others
    .filter((other) => other.slug !== article.slug && other.language === article.language)
    .slice(0, 4)
    .map((other) => `<li><a href="/bai/${other.slug}">${escapeHtml(other.headline)}</a></li>`);
  const head = `<link rel="canonical" href="${url}">
<meta property="og:type" content="article">
<meta property="og:title" content="${escapeHtml(article.headline)}">
<meta property="og:url" content="${url}">
<meta property="article:published_time" content="${date}">
<meta property="article:modified_time" content="${updated}">
<meta property="article:section" content="${escapeHtml(article.section)}">
${article.tags.map((tag) => `<meta property="article:tag" content="${escapeHtml(tag)}">`).join('\n')}`;
  const content = `<article>
<h1 class="title">${escapeHtml(article.headline)}</h1>
<p class="date">${printedTime(article.publishedAt)}</p>
<p class="sapo"><strong>${escapeHtml(article.sapo)}</strong></p>
<div class="content">
${article.blocks.map((block, index) => blockOf(block, index)).join('\n')}
<p style="text-align:right"><strong>${escapeHtml(article.byline)}</strong></p>
</div>
</article>
<div class="share">${words.share}</div>
<section class="related"><h2>${words.more}</h2><ul>${links.join('')}</ul></section>`;
  return documentOf(article.language, `${escapeHtml(article.headline)} - ${siteName}`, head, content);
}

/** The front page: what stands on the site now. */
export function frontPage(articles: readonly PublishedArticle[]): string {
  const items = articles.map(({ slug, language, headline, sapo, section, publishedAt, blocks }) => {
    const photo = blocks.find((block) => block.kind === 'photo');
    return `<li lang="${language}">${photo ? `<img src="/anh/${photo.file}" alt="" loading="lazy">` : ''}<div>
<h2><a href="/bai/${slug}">${escapeHtml(headline)}</a></h2>
<p class="date">${escapeHtml(section)} · ${printedTime(publishedAt)}</p>
<p>${escapeHtml(sapo)}</p></div></li>`;
  });
  const head = `<link rel="alternate" type="application/rss+xml" title="${siteName}" href="/rss">`;
  const content = `<h1>Tin mới</h1>\n<ul class="front">${items.join('\n')}</ul>`;
  return documentOf('vi', siteName, head, content);
}

/** For an address where nothing stands, or no longer. */
export function noticePage(notice: string): string {
  return documentOf('vi', `${notice} - ${siteName}`, '', `<h1>${notice}</h1>\n<p><a href="/">Về trang chủ</a></p>`);
}

/** `title`, `head` and `content` are HTML. */
function documentOf(language: string, title: string, head: string, content: string): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(icon)}">
${head}
<style>${style}</style>
</head>
<body>
<header><a href="/" lang="vi">${siteName}</a></header>
<main>
${content}
</main>
</body>
</html>
`;
}

/** `26/11/2026 05:52`, as portals of the country print it. */
function printedTime(at: number): string {
  const time = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const [year, month, day] = time.toPlainDate().toString().split('-');
  const clock = time.toPlainTime().toString({ smallestUnit: 'minute' });
  return `<time datetime="${new Date(at).toISOString()}">${day}/${month}/${year} ${clock}</time>`;
}

/** Portals print captions in more than one way; the sample site shows two of them. */
function blockOf(block: SampleBlock, index: number): string {
  if (block.kind === 'paragraph') return `<p>${escapeHtml(block.text)}</p>`;
  const photo = `<img src="/anh/${block.file}" alt="">`;
  const caption = escapeHtml(block.caption) + (block.credit ? `. Ảnh: ${escapeHtml(block.credit)}` : '');
  return index % 2 === 0
    ? `<figure>${photo}<figcaption>${caption}</figcaption></figure>`
    : `<table class="picture"><tr><td>${photo}</td></tr><tr><td class="caption"><p>${caption}</p></td></tr></table>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#1f5f4a"/><path d="M3 25 12 9l5 8 4-5 8 13z" fill="#fff"/></svg>`;

/** Line heights leave room for stacked marks, as in `Ệ` and `Ỗ`. */
const style = `:root{color-scheme:light dark;--paper:#fafaf7;--ink:#20241f;--soft:#5a625b;--line:#dcdfd6;--link:#1f5f4a}
@media (prefers-color-scheme:dark){:root{--paper:#151815;--ink:#e7ebe4;--soft:#a3aca2;--line:#343a34;--link:#86cfb2}}
body{margin:0;font:1.0625rem/1.65 system-ui,sans-serif;color:var(--ink);background:var(--paper);overflow-wrap:break-word}
header{background:#1f5f4a;padding:0 1rem}header a{display:block;max-width:45rem;margin:0 auto;padding:.75rem 0;color:#fff;text-decoration:none;font-weight:700;font-size:1.25rem}
main{max-width:45rem;margin:0 auto;padding:1rem 1rem 4rem}a{color:var(--link);text-underline-offset:.2em}
h1{font-size:1.75rem;line-height:1.45;margin:1rem 0 .5rem;text-wrap:balance}h2{font-size:1.125rem;line-height:1.5;margin:0}
.date{color:var(--soft);font-size:.875rem;margin:.25rem 0}img{display:block;width:100%;height:auto}
figure,table{margin:1.5rem 0;width:100%;border-spacing:0}td{padding:0}figcaption,.caption{font-size:.9375rem;line-height:1.55;color:var(--soft);padding-top:.5rem}.caption p{margin:0}
.share{color:var(--soft);font-size:.9375rem}.related{border-top:2px solid var(--link);margin-top:2rem;padding-top:1rem}.related ul{padding-left:1.25rem}
.front{list-style:none;padding:0;margin:0}.front li{display:grid;gap:.25rem 1.25rem;padding:1.25rem 0;border-top:1px solid var(--line)}
.front img{aspect-ratio:3/2;object-fit:cover}.front p{margin:.25rem 0}.front h2 a{color:var(--ink);text-decoration:none}.front h2 a:hover{text-decoration:underline}
@media (min-width:36rem){.front li{grid-template-columns:13rem 1fr}}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}header a:focus-visible{outline-color:#fff}`;
