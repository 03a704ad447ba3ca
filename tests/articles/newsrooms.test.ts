/** Layouts of newsrooms of many kinds: what of each page is its article. */
import { describe, expect, it } from 'vitest';
import { loadProfile } from '#config/profiles.ts';
import { readWithSigns } from '#src/articles/read.ts';
import { ferry, paragraphs, readNewsroom as read } from '#tests/articles/read-newsroom.ts';

describe('where the story stands', () => {
  it('is put together where the page cut it into boxes between advertisements', () => {
    const box = (texts: string[]) => `<div class="css-body"><div class="inner">${paragraphs(texts)}</div></div>`;
    const article = read(
      `<main><article><header><h1>Two boats a day</h1><p class="css-sum">Skerry Isle keeps its winter crossings.</p></header>
      ${box(ferry.slice(0, 2))}<div class="ad-slot">Advertisement</div>${box(ferry.slice(2, 3))}<div class="ad-slot">Advertisement</div>${box(ferry.slice(3))}
      </article><section class="more"><h2>More from the coast</h2><ul><li><a href="/a">Seals counted</a></li><li><a href="/b">Pier painted</a></li></ul></section></main>`,
      { language: 'en' },
    );
    expect(article.text.split('\n\n')).toEqual(['Skerry Isle keeps its winter crossings.', ...ferry]);
    expect(article.lead).toBe('Skerry Isle keeps its winter crossings.');
  });

  it('is the article, not the longer comments under it', () => {
    const comments = Array.from(
      { length: 12 },
      (_, index) =>
        `<div class="entry"><b>Reader ${index}</b><p>I have lived on the island for ${index + 20} years, and I say that two boats, or even three, will never be enough in a bad winter.</p></div>`,
    );
    const article = read(
      `<div id="page"><h1>Two boats a day</h1><div class="story">${paragraphs(ferry)}</div><div id="reader-comments" class="comments"><h3>Comments</h3>${comments.join('')}</div></div>`,
      { language: 'en' },
    );
    expect(article.text.split('\n\n')).toEqual(ferry);
  });

  it('is found in a page that is one form of nested tables', () => {
    const cell = ferry.join('<br><br>');
    const article = read(
      `<form action="/default.aspx"><table><tr><td><a href="/">Home</a> | <a href="/news">News</a></td></tr><tr><td><table><tr><td><a href="/1">Fishing</a></td></tr></table></td><td><font size="4"><b>Two boats a day</b></font><br><font><div align="justify">${cell}</div></font></td></tr></table></form>`,
      { language: 'en' },
    );
    expect(article.text.split('\n\n').slice(-4)).toEqual(ferry);
    expect(article.text).not.toContain('Fishing');
  });

  it('keeps short paragraphs, questions, tables, quotations and lists of links that a sentence introduces', () => {
    const body = `${paragraphs(ferry.slice(0, 2))}<p>Why?</p><p>“Because of the bread.”</p>
      <blockquote>Bread first, then the piano.</blockquote>
      <table><tr><th>Day</th><th>Sailings</th></tr><tr><td>Monday</td><td>2</td></tr></table>
      <p>The board published three papers on the winter service this week:</p>
      <ul><li><a href="/papers/1">Timetable for the winter</a></li><li><a href="/papers/2">Fares for pupils</a></li></ul>
      ${paragraphs(ferry.slice(2))}<p>That is all.</p>`;
    const { text, html } = read(`<article><h1>Two boats a day</h1><div class="body">${body}</div></article>`, {
      language: 'en',
    });
    for (const part of [
      'Why?',
      '“Because of the bread.”',
      'Bread first, then the piano.',
      'Timetable for the winter',
      'Fares for pupils',
      'That is all.',
    ]) {
      expect(text).toContain(part);
    }
    expect(html).toMatch(/<td>Monday<\/td>\s*<td>2<\/td>/);
  });

  it('is taken from the page’s data where the page itself shows only its start', () => {
    const article = read(
      `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Two boats a day","articleBody":${JSON.stringify(ferry.join('\n\n'))}}</script>
      <h1>Two boats a day</h1><div id="root"><p>Loading the story, please wait.</p></div>`,
      { language: 'en' },
    );
    expect(article.text.split('\n\n')).toEqual(ferry);
  });

  it('is whole where most of it waits behind a button, and what is hidden beside it stays out', () => {
    const article = read(
      `<article><h1>Two boats a day</h1><div class="text">${paragraphs(ferry.slice(0, 1))}<button>Read on</button><div style="display:none">${paragraphs(ferry.slice(1))}</div><p hidden>Copied to the clipboard.</p></div></article>`,
      { language: 'en' },
    );
    expect(article.text.split('\n\n')).toEqual(ferry);
  });

  it('says where a story in parts goes on', () => {
    const article = read(
      `<article><h1>Two boats a day</h1>${paragraphs(ferry)}<div class="pagination"><span>1</span> <a href="/2026/story?page=2">2</a></div></article>`,
      { language: 'en' },
    );
    expect(article.doubts).toContain(
      'The story goes on at https://paper.example/2026/story?page=2: only its first part was read.',
    );
    expect(article.text).not.toMatch(/^1 2$/m);
  });
});

describe('what belongs to the page', () => {
  it('goes, and is told: inline links, boxes, share bars, forms, notices, the author’s life', () => {
    const body = `<div class="share-tools"><a href="#">Tweet</a></div>${paragraphs(ferry.slice(0, 1))}
      <p>Read more: <a href="/seals">Seals counted off the pier</a></p>
      ${paragraphs(ferry.slice(1, 2))}
      <p><a href="/pier">Pier to be painted in the spring, says board</a></p>
      <div class="promo-newsletter"><h4>Our morning letter</h4><p>Get the island’s news in your box every morning.</p></div>
      ${paragraphs(ferry.slice(2))}
      <p><em>Isla Marr is the paper’s transport reporter.</em></p>
      <p>© 2026 The Paper. All rights reserved.</p>
      <h3>Related stories</h3><ul><li><a href="/a">Storm bill grows</a></li></ul>`;
    const article = read(
      `<article><h1>Two boats a day</h1><p class="by">By Isla Marr</p><div>${body}</div></article>`,
      { language: 'en' },
    );
    expect(article.text.split('\n\n')).toEqual(ferry);
    expect(article.byline).toEqual(['Isla Marr']);
    for (const line of [
      'Read more: Seals counted off the pier',
      'Related stories',
      'Storm bill grows',
      'Isla Marr is the paper’s transport reporter.',
    ]) {
      expect(article.removed).toContain(line);
    }
  });

  it('stays out of a body in the middle of which a label of an advertiser stands', () => {
    const thai = [
      'เรือข้ามฟากไปเกาะสมมุติจะออกวันละสองเที่ยวตลอดฤดูหนาว คณะกรรมการท่าเรือมีมติเมื่อวันอังคารหลังประชุมนานหลายชั่วโมง',
      'ชาวเกาะขอสามเที่ยวและนำรายชื่อมายื่นมากกว่าจำนวนผู้มีสิทธิเลือกตั้งบนเกาะเสียอีก',
      'เที่ยวที่เพิ่มออกสี่โมงเย็น เพื่อให้นักเรียนที่พักในเมืองกลับบ้านได้ทันอาหารค่ำในวันศุกร์',
    ];
    const article = read(
      `<div class="detail"><h1>เรือวันละสองเที่ยว</h1>${paragraphs(thai.slice(0, 2))}<div><span>โฆษณา</span></div><ul><li>ออกเก้าโมง</li><li>ออกสี่โมง</li></ul>${paragraphs(thai.slice(2))}</div>`,
      { language: 'th', zone: 'Asia/Bangkok' },
    );
    expect(article.text.split('\n\n')).toEqual([...thai.slice(0, 2), 'ออกเก้าโมง', 'ออกสี่โมง', ...thai.slice(2)]);
  });
});

describe('a body the source brought', () => {
  const given = (bodyHtml: string) => {
    const site = { name: 'The Paper', url: 'https://paper.example', language: 'en', timezone: 'UTC' };
    const context = { profile: loadProfile('auto', 'en'), site, now: Date.parse('2026-11-25T15:00:00Z') };
    const raw = {
      kind: 'page' as const,
      url: 'https://paper.example/1',
      html: '',
      hints: { headline: 'Two boats', bodyHtml },
    };
    return readWithSigns(raw, context);
  };

  it('loses what the system adds to every entry, and keeps what is all it says', () => {
    const { article, signs } = given(
      `${paragraphs(ferry)}<p>The post <a href="/1">Two boats</a> appeared first on <a href="/">The Paper</a>.</p>`,
    );
    expect(article.text.split('\n\n')).toEqual(ferry);
    expect(signs).toEqual({ body: 'given' });
    expect(given('<p><a href="/x">A whole text that is one link</a></p>').article.text).toBe(
      'A whole text that is one link',
    );
  });
});

describe('what stands above the story', () => {
  it('is photo, sapo and summary where the page sets them beside its text', () => {
    const article = read(
      `<main><div class="head"><h1>Two boats a day</h1><div class="teaser-text">Skerry Isle keeps its winter crossings, and gets one more.</div>
      <div class="meta"><span>12 comments</span></div><figure><img src="/ferry.jpg" width="1200" height="800"><figcaption>The ferry at noon. Photo: Tom Bell</figcaption></figure>
      <ul class="points"><li>Two sailings every day</li><li>Fares stay as they are until the spring</li></ul></div>
      <div class="text-wrap"><div class="text">${paragraphs(ferry)}</div></div></main>`,
      { language: 'en' },
    );
    expect(article.lead).toBe('Skerry Isle keeps its winter crossings, and gets one more.');
    expect(article.photos).toMatchObject([
      { url: 'https://paper.example/ferry.jpg', caption: 'The ferry at noon.', credit: 'Tom Bell' },
    ]);
    expect(article.text).toContain('Two sailings every day');
    expect(article.text).not.toContain('comments');
  });
});
