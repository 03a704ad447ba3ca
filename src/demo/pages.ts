/** The sample site's documents: its RSS feed and its article pages, laid out as a provincial portal does. */
import type { SampleBlock } from '#src/demo/article-file.ts';
import type { PublishedArticle } from '#src/demo/desk.ts';

export const siteName = 'Báo Sơn Thủy';

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
    ? { more: 'Related news', share: 'Share this article', home: 'Home' }
    : { more: 'Các tin khác cùng mục', share: 'Chia sẻ bài viết', home: 'Trang chủ' };
  const date = new Date(article.publishedAt).toISOString();
  const updated = new Date(article.updatedAt).toISOString();
  const url = `${site}/bai/${article.slug}`;
  const links = others
    .filter((other) => other.slug !== article.slug && other.language === article.language)
    .slice(0, 4)
    .map((other) => `<li><a href="/bai/${other.slug}">${escapeHtml(other.headline)}</a></li>`);
  return `<!doctype html>
<html lang="${article.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(article.headline)} - ${siteName}</title>
<link rel="canonical" href="${url}">
<meta property="og:type" content="article">
<meta property="og:title" content="${escapeHtml(article.headline)}">
<meta property="og:url" content="${url}">
<meta property="article:published_time" content="${date}">
<meta property="article:modified_time" content="${updated}">
<meta property="article:section" content="${escapeHtml(article.section)}">
${article.tags.map((tag) => `<meta property="article:tag" content="${escapeHtml(tag)}">`).join('\n')}
<style>${style}</style>
</head>
<body>
<header><a href="/">${siteName}</a><nav><a href="/">${words.home}</a></nav></header>
<main>
<article>
<h1 class="title">${escapeHtml(article.headline)}</h1>
<p class="date"><time datetime="${date}">${date.slice(0, 16).replace('T', ' ')}</time></p>
<p class="sapo"><strong>${escapeHtml(article.sapo)}</strong></p>
<div class="content">
${article.blocks.map((block, index) => blockOf(block, index)).join('\n')}
<p style="text-align:right"><strong>${escapeHtml(article.byline)}</strong></p>
</div>
</article>
<div class="share">${words.share}</div>
<section class="related"><h3>${words.more}</h3><ul>${links.join('')}</ul></section>
</main>
</body>
</html>
`;
}

/** The front page: what stands on the site now. */
export function frontPage(articles: readonly PublishedArticle[]): string {
  const items = articles.map(
    (article) =>
      `<li lang="${article.language}"><a href="/bai/${article.slug}">${escapeHtml(article.headline)}</a></li>`,
  );
  return `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>${siteName}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${style}</style>
<link rel="alternate" type="application/rss+xml" title="${siteName}" href="/rss"></head>
<body><header><a href="/">${siteName}</a></header><main><ul>${items.join('\n')}</ul></main></body></html>`;
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

const style = `body{margin:0;font:17px/1.6 system-ui,sans-serif;color:#222;background:#fbfaf7}
header{background:#8c1d18;padding:14px 20px}header a{color:#fff;text-decoration:none;margin-right:20px;font-weight:600}
main{max-width:720px;margin:0 auto;padding:16px}img{max-width:100%;height:auto}figure,table{margin:20px 0;width:100%}
figcaption,.caption{font-size:15px;color:#555}h1{line-height:1.25}`;
