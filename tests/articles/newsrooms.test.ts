/** Layouts of newsrooms of many kinds: what of each page is its article. */
import { describe, expect, it } from 'vitest';
import { loadProfile } from '#config/profiles.ts';
import { readWithSigns } from '#src/articles/read.ts';
import type { Article } from '#src/core/article.ts';

interface Site {
  language: string;
  zone?: string;
  name?: string;
  url?: string;
}

function read(
  html: string,
  { language, zone = 'UTC', name = 'The Paper', url = 'https://paper.example/2026/story' }: Site,
): Article {
  const site = { name, url: new URL(url).origin, language, timezone: zone };
  const context = { profile: loadProfile('auto', language), site, now: Date.parse('2026-11-25T15:00:00Z') };
  return readWithSigns({ kind: 'page', url, html, hints: {} }, context).article;
}

const ferry = [
  'The ferry to Skerry Isle will sail twice a day this winter, the harbour board decided on Tuesday after a long meeting.',
  'Islanders had asked for three crossings, and brought a petition with more names than the island has voters.',
  'The extra sailing leaves at four, so that pupils who board in town can be home for their tea on Fridays.',
  'The board will look at the numbers again in March, when the days are longer and the ramp has its new chains.',
];
const paragraphs = (texts: readonly string[]) => texts.map((text) => `<p>${text}</p>`).join('\n');

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

describe('facts', () => {
  const story = `<article><h1>Two boats a day</h1>${paragraphs(ferry)}</article>`;

  it('come from JSON-LD however it is written', () => {
    const person = '{"@type":"Person","@id":"#isla","name":"Isla Marr"}';
    const article = `{"@type":["NewsArticle","Thing"],"headline":"Two boats a day","datePublished":"2026-11-24T08:00:00Z","author":[{"@id":"#isla"},{"@type":"Person","name":"Tom Bell"}],"articleSection":["Home","Harbour"]}`;
    const forms = [
      `{"@graph":[{"@type":"WebSite","name":"The Paper"},${article},${person}]}`,
      `[${person},${article},]`,
      `<!-- ${article.replace('{"@id":"#isla"}', person)} -->`,
      `//<![CDATA[\n${article.replace('{"@id":"#isla"}', person)}\n//]]>`,
      `${article.replace('{"@id":"#isla"}', person).replace('"headline"', '\n// the headline\n"headline"').replace('day"', 'day\n"')}`,
      `${person}\n${article}`,
      `${article.replace('{"@id":"#isla"}', person).replaceAll('"', '&quot;')}`,
    ];
    for (const form of forms) {
      const got = read(`<script type="application/ld+json; charset=utf-8">${form}</script>${story}`, {
        language: 'en',
      });
      expect([form.slice(0, 30), got.headline, got.byline, got.publishedAt, got.section]).toEqual([
        form.slice(0, 30),
        'Two boats a day',
        ['Isla Marr', 'Tom Bell'],
        '2026-11-24T08:00:00Z',
        'Harbour',
      ]);
    }
  });

  it('that cannot be true are passed over', () => {
    const article = read(
      `<title>Two boats a day - The Paper</title><meta property="og:site_name" content="The Paper"><meta property="og:title" content="Two boats a day">
      <script type="application/ld+json">{"@type":"NewsArticle","headline":"The Paper","datePublished":"1970-01-01T00:00:00Z","author":{"name":"admin"},"articleSection":"Home"}</script>
      <meta property="article:published_time" content="2026-11-24T08:00:00Z"><nav class="breadcrumbs"><a href="/">Home</a> › <a href="/harbour">Harbour</a> › <span>Two boats a day</span></nav>
      <article><h1>Two boats a day</h1><div class="byline">By <a rel="author">Isla Marr</a>, Transport correspondent</div>${paragraphs(ferry)}</article>`,
      { language: 'en' },
    );
    expect(article).toMatchObject({
      headline: 'Two boats a day',
      publishedAt: '2026-11-24T08:00:00Z',
      byline: ['Isla Marr'],
      section: 'Harbour',
    });
  });

  it('come from microdata, h-entry and printed lines where there is no other', () => {
    const pages = [
      `<div itemscope itemtype="https://schema.org/NewsArticle"><h2 itemprop="headline">Two boats a day</h2><span itemprop="author" itemscope><span itemprop="name">Isla Marr</span></span><time itemprop="datePublished" datetime="2026-11-24T08:00:00Z">Tuesday</time><div itemprop="articleBody">${paragraphs(ferry)}</div></div>`,
      `<div class="h-entry"><h1 class="p-name">Two boats a day</h1><a class="p-author h-card">Isla Marr</a><time class="dt-published" datetime="2026-11-24T08:00:00Z">Tuesday</time><div class="e-content">${paragraphs(ferry)}</div></div>`,
      `<div class="post"><h1>Two boats a day</h1><div><span>24 November 2026, 08:00</span> | <span class="writer">Isla Marr</span></div>${paragraphs(ferry)}</div>`,
      `<div class="post"><h1>Two boats a day</h1><p>By Isla Marr | Nov. 24, 2026 8:00 am | 4 min read</p>${paragraphs(ferry)}</div>`,
    ];
    for (const page of pages) {
      const article = read(page, { language: 'en' });
      expect([page.slice(0, 30), article.headline, article.byline, article.publishedAt, article.text]).toEqual([
        page.slice(0, 30),
        'Two boats a day',
        ['Isla Marr'],
        '2026-11-24T08:00:00Z',
        ferry.join('\n\n'),
      ]);
    }
  });

  it('are read in German, Spanish, Korean and Japanese', () => {
    const german = read(
      `<article><h1>Zwei Fähren am Tag</h1><p class="autor">Von Anna Weber und Max Muster</p><p class="zeit">Dienstag, 24. November 2026, 08:30 Uhr</p>
      <p>NEUHAVEN (dpa) - Die Fähre zur Insel fährt in diesem Winter zweimal am Tag, wie der Hafenrat nach langer Sitzung beschloss.</p><p>Die Insulaner hatten drei Fahrten verlangt und eine Liste mit vielen Namen gebracht.</p></article>`,
      { language: 'de', zone: 'Europe/Berlin' },
    );
    expect(german).toMatchObject({
      byline: ['Anna Weber', 'Max Muster'],
      publishedAt: '2026-11-24T07:30:00Z',
      dateline: { text: 'NEUHAVEN (dpa)' },
    });
    expect(german.lead).toMatch(/^Die Fähre zur Insel/);
    const spanish = read(
      `<main><h1>Dos barcos al día</h1><h2 class="entradilla">La isla mantiene sus viajes de invierno y gana uno más por la tarde.</h2><div class="firma">Por Lucía Gil y Juan Pardo</div><div class="fecha">24 de noviembre de 2026, 08:30 h</div><div class="cuerpo"><p>El barco a la isla saldrá dos veces al día este invierno, decidió la junta del puerto tras una larga reunión.</p><p>Los isleños pedían tres viajes y llevaron una lista con muchas firmas.</p></div></main>`,
      { language: 'es', zone: 'Europe/Madrid' },
    );
    expect(spanish).toMatchObject({ byline: ['Lucía Gil', 'Juan Pardo'], publishedAt: '2026-11-24T07:30:00Z' });
    expect(spanish.lead).toBe('La isla mantiene sus viajes de invierno y gana uno más por la tarde.');
    const korean = read(
      `<div class="article_view"><h1>섬으로 가는 배 하루 두 번</h1><span class="date">2026년 11월 24일 오전 8:30</span><div id="articleBody"><p>섬으로 가는 배가 올겨울 하루 두 번 다닌다고 항만위원회가 긴 회의 끝에 화요일 결정했다.</p><p>주민들은 세 번을 요구하며 섬의 유권자보다 많은 서명을 모아 왔다.</p><p>홍길동 기자 gildong@paper.example</p></div></div>`,
      { language: 'ko', zone: 'Asia/Seoul' },
    );
    expect(korean).toMatchObject({ byline: ['홍길동'], publishedAt: '2026-11-23T23:30:00Z' });
    expect(korean.text).not.toContain('@');
    const japanese = read(
      `<main><h1>島への船、冬も一日二便</h1><p>2026年11月24日 8時30分</p><div class="honbun"><p>【潮見】島へ渡る船がこの冬も一日二便運航されることが二十四日、港の会議で決まった。</p><p>島民は三便を求め、有権者の数より多い署名を集めていた。</p><p>（山田花子）</p></div></main>`,
      { language: 'ja', zone: 'Asia/Tokyo' },
    );
    expect(japanese).toMatchObject({
      byline: ['山田花子'],
      publishedAt: '2026-11-23T23:30:00Z',
      dateline: { text: '潮見', date: null },
    });
  });
});

describe('files', () => {
  it('are told with type and size, from the text, from boxes and from tables beside it', () => {
    const article = read(
      `<article><h1>Hai chuyến một ngày</h1><div class="noi-dung"><p>Tàu ra đảo chạy hai chuyến mỗi ngày trong mùa đông này, theo quyết định của ban quản lý cảng sau một cuộc họp dài.</p><p>Bà con đảo từng xin ba chuyến và mang theo một danh sách có nhiều chữ ký. Xem <a href="/tep/gio-tau.pdf">giờ tàu</a> (1,2 MB).</p></div>
      <div class="tep-dinh-kem"><a href="/tep/gia-ve.xlsx">Giá vé (34 KB)</a></div>
      <table><tr><td>STT</td><td>Tên file</td><td></td></tr><tr><td>1</td><td>Biên bản họp</td><td><a href="/download.aspx?file=bien-ban.docx">Tải về</a></td></tr></table></article>`,
      { language: 'vi', zone: 'Asia/Ho_Chi_Minh' },
    );
    expect(article.attachments).toEqual([
      { url: 'https://paper.example/tep/gio-tau.pdf', title: 'giờ tàu', type: 'application/pdf', bytes: 1_258_291 },
      expect.objectContaining({ title: 'Giá vé', bytes: 34_816 }),
      expect.objectContaining({ title: 'Biên bản họp', url: 'https://paper.example/download.aspx?file=bien-ban.docx' }),
    ]);
    expect(article.text).not.toContain('Tên file');
  });
});
