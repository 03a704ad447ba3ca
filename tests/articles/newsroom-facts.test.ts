/** Who, when, in which section and with which files: as newsrooms of many kinds say it. */
import { describe, expect, it } from 'vitest';
import { ferry, paragraphs, readNewsroom as read } from '#tests/articles/read-newsroom.ts';

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
