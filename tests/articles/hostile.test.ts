import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadProfile } from '#config/profiles.ts';
import { readArticle } from '#src/articles/read.ts';
import type { Hints } from '#src/core/raw-article.ts';

const context = {
  profile: loadProfile('vietnamese-portal'),
  site: { name: 'Báo Ví Dụ', url: 'https://bao.example', language: 'vi', timezone: 'Asia/Ho_Chi_Minh' },
  now: Date.parse('2026-11-25T15:00:00Z'),
};
const page = (html: string, hints: Hints = {}) =>
  readArticle({ kind: 'page', url: 'https://bao.example/1', html, hints }, context);
const body = (html: string) => page('', { headline: 'Cầu mới', bodyHtml: html });

describe('pages that mean harm', () => {
  it('lets nothing through that runs, styles or frames', () => {
    const attacks = [
      '<script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      '<img src="https://anh.example/1.jpg" onload="alert(1)" style="x:y">',
      '<a href="javascript:alert(1)">a</a>',
      '<a href=" jav&#x09;ascript:alert(1)">a</a>',
      '<a href="data:text/html,<script>alert(1)</script>">a</a>',
      '<svg><script>alert(1)</script></svg>',
      '<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>',
      '<iframe src="javascript:alert(1)"></iframe>',
      '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
      '<style>@import "https://evil.example"</style>',
      '<object data="https://evil.example"></object><embed src="https://evil.example">',
      '<form action="https://evil.example"><button formaction="javascript:alert(1)">b</button></form>',
      '<p style="background:url(javascript:alert(1))" onclick="alert(1)">p</p>',
      '<figure><img src="https://anh.example/2.jpg"><figcaption><script>alert(1)</script>Cầu <b onclick=alert(1)>mới</b></figcaption></figure>',
      '<template><script>alert(1)</script></template><noscript><img src=x onerror=alert(1)></noscript>',
      '<!--><script>alert(1)</script>-->',
      '<base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=https://evil.example">',
    ];
    for (const attack of [...attacks, attacks.join('')]) {
      const { html } = body(`<p>Cầu mới qua suối đã mở cho người đi bộ.</p>${attack}<p>Hết.</p>`);
      expect(html).not.toMatch(
        /script|javascript|<(?:iframe|object|embed|form|style|svg|math|base|meta)|\son\w+=|style=|data:/i,
      );
      expect(html).toContain('Cầu mới qua suối');
    }
  });

  it('cuts a text that stands where the headline should', () => {
    const { headline, doubts } = page('', {
      headline: 'Cầu mới qua suối. '.repeat(60_000),
      bodyHtml: '<p>Cầu đã mở.</p>',
    });
    expect(headline.length).toBeLessThanOrEqual(500);
    expect(headline).toMatch(/^Cầu mới qua suối\. .*suối\.$/u);
    expect(doubts).toContain('The headline was longer than 500 characters and was cut.');
  });

  it('turns a frame into a link', () => {
    expect(body('<p>Phim ngắn về cây cầu.</p><iframe src="//phim.example/9" title="Cây cầu"></iframe>').html).toContain(
      '<a href="https://phim.example/9" rel="noopener">Cây cầu</a>',
    );
  });

  it('reads half a megabyte of nested or broken markup in bounded time', () => {
    const bombs = [
      `${'<div>'.repeat(50_000)}Cầu mới${'</div>'.repeat(50_000)}`,
      '<b><i><a href="/x">'.repeat(25_000),
      '<p>a<br><br>'.repeat(40_000),
      '<a '.repeat(160_000),
      `<script type="application/ld+json">${'['.repeat(400_000)}</script><p>Cầu</p>`,
    ];
    for (const bomb of bombs) {
      // Time of the processor: other work on the machine does not count.
      const start = process.cpuUsage();
      page(bomb);
      body(bomb);
      expect([bomb.slice(0, 20), process.cpuUsage(start).user < 20_000_000]).toEqual([bomb.slice(0, 20), true]);
    }
  }, 120_000);

  it('is not fooled by keys of an object’s own prototype', () => {
    const data =
      '{"@type":"NewsArticle","headline":"Cầu mới","__proto__":{"polluted":true},"author":{"__proto__":{"name":"x"},"name":"Thu Hà"}}';
    const article = page(
      `<script type="application/ld+json">${data}</script><article><p>Cầu mới qua suối đã mở.</p></article>`,
    );
    expect(article).toMatchObject({ headline: 'Cầu mới', byline: ['Thu Hà'] });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    const tagged = page('<meta property="__proto__" content="x"><p>Cầu mới.</p>', {
      tags: ['__proto__', 'constructor'],
    });
    expect(tagged.tags).toEqual(['__proto__', 'constructor']);
  });

  it('never fails, whatever stands in the page or text', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<p>',
        '</p>',
        '<div>',
        '<figure>',
        '<img src=a.jpg>',
        '<figcaption>',
        '<table><tr><td>',
        '<br>',
        '<em>',
        '</div>',
        '<!--',
        '&#0;',
        '\u0000',
        '[caption]',
        '\n\n',
      ),
      fc.string({ maxLength: 12 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const content = pieces.join('');
        for (const article of [
          page(content),
          body(content),
          readArticle({ kind: 'text', text: content, hints: {} }, context),
        ]) {
          expect(article.headline).not.toBe('');
          expect(article.html).not.toMatch(/<script|\son\w+=/i);
        }
      }),
      { numRuns: 60 },
    );
  });
});
