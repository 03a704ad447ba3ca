import { describe, expect, test } from 'vitest';
import { loadProfile } from '#config/profiles.ts';
import { readArticle } from '#src/articles/read.ts';

const now = Date.parse('2026-11-26T00:00:00Z');
const site = { name: 'Báo Thử', url: 'https://bao.example', language: 'vi', timezone: 'Asia/Ho_Chi_Minh' };

const german = [
  'Die alte Holzbrücke über die Wiesenach ist seit Dienstag wieder offen, nachdem Zimmerleute drei Monate lang morsche Balken getauscht haben.',
  'Die Gemeinde rechnet damit, dass der Umweg für Schulkinder von vierzig auf zehn Minuten schrumpft, und will im Frühjahr auch das Geländer erneuern.',
  'Bezahlt wurde die Arbeit zur Hälfte aus Spenden, die der Heimatverein auf zwei Festen gesammelt hat.',
];

function page(paragraphs: readonly string[], { lang = '', head = '', after = '' } = {}): string {
  return `<!doctype html><html${lang && ` lang="${lang}"`}><head><title>Holzbrücke wieder offen</title>${head}</head><body>
<article><h1>Holzbrücke wieder offen</h1>${paragraphs.map((text) => `<p>${text}</p>`).join('')}${after}</article></body></html>`;
}

function read(html: string, profile = loadProfile('auto', 'vi')) {
  const raw = { kind: 'page' as const, url: 'https://bao.example/1', html, hints: {} };
  return readArticle(raw, { profile, site, now });
}

describe('the phrases of an article’s own language', () => {
  const after = '<p>Lesen Sie auch: Neuer Steg am See</p><p>Foto: Anna Berg</p>';

  test('apply where its page says the language', () => {
    const { removed, text } = read(page(german, { lang: 'de', after }));
    expect(removed).toContain('Lesen Sie auch: Neuer Steg am See');
    expect(text).toContain('Heimatverein');
  });

  test('apply where only its words tell the language, whatever its template says', () => {
    expect(read(page(german, { lang: 'en', after })).removed).toContain('Lesen Sie auch: Neuer Steg am See');
    expect(read(page(german, { after })).removed).toContain('Lesen Sie auch: Neuer Steg am See');
  });

  test('apply to a text that was pasted, and to what a feed carries', () => {
    const profile = loadProfile('auto', 'vi');
    const text = [...german, 'Lesen Sie auch', 'Neuer Steg am See'].join('\n\n');
    const pasted = readArticle({ kind: 'text', text, hints: {} }, { profile, site, now });
    expect(pasted.removed).toEqual(['Lesen Sie auch', 'Neuer Steg am See']);
    const bodyHtml = page(german, {
      after: '<h3>Lesen Sie auch</h3><ul><li><a href="/2">Neuer Steg am See</a></li></ul>',
    });
    const fed = readArticle(
      { kind: 'page', url: null, html: '', hints: { headline: 'Brücke', bodyHtml } },
      { profile, site, now },
    );
    expect(fed.removed).toContain('Lesen Sie auch');
  });

  test('do not apply to other languages', () => {
    const { text } = read(page(german, { lang: 'de', after: '<p>Baca juga</p>' }));
    expect(text).toContain('Baca juga');
  });
});

test.each([
  '<meta name="generator" content="WordPress 6.8.1">',
  '<meta name="generator" content="Elementor 3.2"><meta name="generator" content="WordPress 6.8.1">',
  '<link rel="https://api.w.org/" href="/wp-json/">',
])('a page that WordPress made loses what its plugins print, where the profile was to be chosen: %s', (head) => {
  const html = page([], {
    lang: 'de',
    head,
    after: `<div class="entry-content">${german.map((text) => `<p>${text}</p>`).join('')}
<div class="saboxplugin-wrap"><p>Anna Berg schreibt seit zwölf Jahren über Brücken und Bäche in der Gegend.</p></div></div>`,
  });
  expect(read(html).text).not.toContain('zwölf Jahren');
  expect(read(html, loadProfile('generic', 'vi')).text).toContain('zwölf Jahren');
});

test('a line that only the profile calls a caption is its photo’s, not the text’s', () => {
  const line =
    'Im September fehlten noch drei Balken; dahinter der alte Mühlgraben, der seit dem Hochwasser trocken liegt.';
  const html = page(german, {
    lang: 'de',
    after: `<p><img src="/b.jpg" width="900" height="600"></p><p class="zeile">${line}</p><p>Im Frühjahr folgt das Geländer.</p>`,
  });
  const own = loadProfile('auto', 'vi');
  own.selectors.caption = ['.zeile'];
  expect(read(html, own)).toMatchObject({ photos: [{ caption: line }] });
  expect(read(html, own).text).not.toContain('Mühlgraben');
  expect(read(html).text).toContain('Mühlgraben');
});
