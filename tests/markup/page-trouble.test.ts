import { describe, expect, it } from 'vitest';
import { isListing, pageSigns } from '#src/markup/page-signs.ts';
import { pageTrouble } from '#src/markup/page-trouble.ts';
import { frontPage } from '#tests/fakes/site-front.ts';
import { articlePage, type SiteLanguage, siteStories } from '#tests/fakes/site-pages.ts';

const asked = 'https://bao.example/tin/cau-moi-1234.html';
const trouble = (html: string, more: { url?: string; headers?: Record<string, string> } = {}) =>
  pageTrouble({ html, headers: {}, asked, url: asked, ...more }, pageSigns(html))?.kind ?? null;
const page = (title: string, body: string) =>
  `<!doctype html><html><head><title>${title}</title></head><body>${body}</body></html>`;
const now = Date.UTC(2026, 10, 25, 8);
const languages: SiteLanguage[] = ['vi', 'th', 'ja'];
const plainArticle = (language: SiteLanguage, number = 0) => {
  const html = articlePage(siteStories(language, number + 1, now)[0]!, 'https://bao.example', language);
  return html.replace(/<script[\s\S]*?<\/script>/, '');
};

describe('in the place of an article', () => {
  it.each([
    ['a check by its title', page('Just a moment...', '<div id="x"></div><script>window._cf_chl_opt={}</script>')],
    [
      'a check that sets a cookie',
      page('', '<script>document.cookie="D1N=3f2a1b4c5d6e7f8091a2b3c4d5e6f708";window.location.reload(true)</script>'),
    ],
    [
      'a picture riddle',
      page('', '<form><div class="g-recaptcha" data-sitekey="x"></div><p>Are you a human?</p></form>'),
    ],
    ['a check in Vietnamese', page('Xác minh bạn không phải là người máy', '<p>Vui lòng chờ trong giây lát.</p>')],
    [
      'a proof of work',
      page('Making sure you&#39;re not a bot!', '<script id="anubis_challenge" type="application/json">{}</script>'),
    ],
  ])('%s is named', (_name, html) => {
    expect(trouble(html)).toBe('challenge');
  });

  it('a check is told by the headers alone', () => {
    expect(trouble(page('Báo', ''), { headers: { 'cf-mitigated': 'challenge' } })).toBe('challenge');
  });

  it.each([
    ['a form', page('Đăng nhập', '<form><input name=u><input type=password name=p></form>'), asked],
    ['an address', page('Báo', '<p>Hello</p>'), 'https://bao.example/login?next=/tin'],
  ])('a login is told by %s', (_name, html, url) => {
    expect(trouble(html, { url })).toBe('login');
  });

  it.each([
    page('Hệ thống đang bảo trì', '<p>Xin bạn đọc quay lại sau ít phút nữa.</p>'),
    page('Báo', '<h1>Website tạm ngừng để bảo trì</h1><p>Từ 22 giờ đến 2 giờ, máy chủ được thay.</p>'),
    page('We&rsquo;ll be back soon!', '<p>Sorry for the trouble.</p>'),
    page('503 Service Temporarily Unavailable', '<center>nginx</center>'),
    page('', '<h1>Error establishing a database connection</h1>'),
    '<br /><b>Fatal error</b>: Uncaught PDOException in /var/www/db.php on line <b>12</b><br />',
    page('Welcome to nginx!', '<p>If you see this page, the server is working.</p>'),
  ])('a notice that the site is out of order is named: %s', (html) => {
    expect(trouble(html)).toBe('broken');
  });

  it.each([
    '500 hộ dân bản Nà Hin có nước sạch',
    'We’ll be back, say the night boats’ crews',
    'Website down for hours after the storm',
    'Fatal error on the line, report finds',
    'Hệ thống thoát nước Nà Hin đang được mở rộng',
    'Maintenance of the old mill begins',
    'Bài viết về mùa lúa được giải báo chí tỉnh',
  ])('a brief is none: %s', (headline) => {
    const html = page(`${headline} - Báo`, `<h1>${headline}</h1><p>Sáng nay, bản Nà Hin có thêm một bể chứa.</p>`);
    expect(trouble(html)).toBeNull();
  });

  it('a wall that asks for consent is named', () => {
    expect(trouble(page('Before you continue', '<p>Cookies.</p>'), { url: 'https://consent.bao.example/x' })).toBe(
      'consent',
    );
  });

  it.each([
    'Page not found - Báo',
    '404 - Không tìm thấy',
    'Trang bạn tìm không tồn tại',
    'ไม่พบหน้าที่คุณต้องการ',
    'お探しのページは見つかりませんでした',
    '页面不存在',
    'Seite nicht gefunden',
  ])('“%s” says that there is none', (title) => {
    expect(trouble(page(title, `<h1>${title}</h1><a href="/">Trang chủ</a>`))).toBe('missing');
  });
});

describe('an article', () => {
  it.each(languages)('in %s is no trouble and no list, with data and without', (language) => {
    for (const html of [
      articlePage(siteStories(language, 1, now)[0]!, 'https://bao.example', language),
      plainArticle(language),
    ]) {
      expect([trouble(html), isListing(pageSigns(html))]).toEqual([null, false]);
    }
  });

  it('about what was not found, a login or a check stays one', () => {
    for (const title of [
      'Không tìm thấy hộp đen của chiếc máy bay rơi ở vịnh',
      'Just a moment: how a town waited for rain',
    ]) {
      const html = plainArticle('vi').replace(/<title>.*?<\/title>/, `<title>${title}</title>`);
      expect(trouble(html)).toBeNull();
    }
    const withLogin = plainArticle('vi').replace('</main>', '<form><input type="password"></form></main>');
    expect(trouble(withLogin)).toBeNull();
    const withScript = plainArticle('vi').replace(
      '</body>',
      '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script><div class="g-recaptcha"></div></body>',
    );
    expect(trouble(withScript)).toBeNull();
  });

  it('of a few lines between many links is still one', () => {
    const links = Array.from(
      { length: 20 },
      (_, index) => `<h4><a href="/x-${index}">Một tin khác có tên dài như mọi tin ở cột bên ${index}</a></h4>`,
    );
    const html = page(
      'Báo',
      `<h1>Tạm ngừng cấp nước ở ba phường để thay ống</h1><p>Từ 22 giờ tối nay đến 5 giờ sáng mai, ba phường phía đông tạm ngừng cấp nước để thay đoạn ống dài 300 mét. Bà con nên trữ nước trước 21 giờ, theo công ty cấp nước.</p>${links.join('')}`,
    );
    expect(isListing(pageSigns(html))).toBe(false);
  });
});

describe('a list', () => {
  it.each(languages)('in %s is told by what it holds', (language) => {
    const html = frontPage(siteStories(language, 12, now), language);
    expect([isListing(pageSigns(html)), trouble(html)]).toEqual([true, null]);
    expect(isListing(pageSigns(html.replace(/<meta property="og:type"[^>]*>/, '')))).toBe(true);
  });

  it('is told by its own data, articles in it or not', () => {
    const data = {
      '@type': 'CollectionPage',
      mainEntity: { '@type': 'ItemList', itemListElement: [{ item: { '@type': 'NewsArticle' } }] },
    };
    const html = frontPage(siteStories('vi', 4, now), 'vi').replace(
      '</head>',
      `<script type="application/ld+json">${JSON.stringify(data)}</script></head>`,
    );
    expect(isListing(pageSigns(html))).toBe(true);
  });
});
