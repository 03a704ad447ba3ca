import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { ParsedEntry } from '#src/markup/parsed-feed.ts';
import { pollBench, useFeedBench } from '#tests/fakes/feed-bench.ts';
import * as fake from '#tests/fakes/feed-server.ts';
import { rss } from '#tests/fakes/source-tools.ts';

const bench = useFeedBench();
const line = 'HOÀNG HUẤN - PHƯƠNG DUNG';
const good = '<item><title>Tin lành</title><guid>good</guid></item>';
const wrap = (inside: string, declaration = '') =>
  `${declaration}<rss version="2.0"><channel>${inside}</channel></rss>`;

/** Whatever a feed holds, a poll of it is over in this time, on a busy machine too. */
const soon = 15_000;

async function poll(body: string | Uint8Array | fake.Route, headers: Record<string, string> = {}) {
  const route = typeof body === 'function' ? body : fake.answer(200, body, headers);
  bench.server.on('/rss', route);
  const start = performance.now();
  try {
    return await pollBench(bench);
  } finally {
    expect(performance.now() - start).toBeLessThan(soon);
  }
}

const titles = async (...asked: Parameters<typeof poll>) => (await poll(...asked)).refs.map(({ title }) => title);
const bomb = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');

describe('is refused by name', () => {
  it.each<[string, string | Uint8Array | fake.Route, RegExp]>([
    [
      'an entity bomb',
      wrap('<item><title>&l9;</title></item>', `<!DOCTYPE rss [<!ENTITY l0 "ha">${bomb}]>`),
      /DOCTYPE/,
    ],
    [
      'an entity from a file',
      wrap('<item><title>&f;</title></item>', '<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]>'),
      /DOCTYPE/,
    ],
    ['fifty thousand nested tags', wrap(`<item>${'<a>'.repeat(50_000)}${'</a>'.repeat(50_000)}</item>`), /64 levels/],
    ['ten thousand entries', wrap(good.repeat(10_000)), /2000 entries/],
    ['a body of 100 MB', Buffer.alloc(100 * 1024 * 1024, '<item>'), /were? (?:not taken|allowed)|not taken/],
    ['a gzip bomb', fake.bomb(200), /not taken/],
    ['a loop of redirects', fake.redirect(301, '/rss'), /5 redirects/],
    ['nothing', '', /nothing at all/],
    ['blanks', ' \r\n\t', /is empty/],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), /does not hold a feed/],
    ['half a JSON Feed', '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1"', /not JSON/],
    ['a list in JSON', '[{"id":"1"}]', /does not hold a feed/],
    ['JSON nested without end', `{"items":${'['.repeat(300_000)}`, /64 levels/],
    [
      'a sitemap',
      '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://bao.example/</loc></url></urlset>',
      /does not hold a feed/,
    ],
  ])('%s', async (_name, body, reason) => {
    await expect(poll(body)).rejects.toThrow(reason);
  });
});

describe('is read all the same', () => {
  it('beside a title of a megabyte', async () => {
    expect(await titles(wrap(`<item><title>${'x'.repeat(1_000_000)}</title><guid>1</guid></item>${good}`))).toEqual([
      'Tin lành',
    ]);
  });

  it('beside an entry with ten thousand photos', async () => {
    const photos = Array.from(
      { length: 10_000 },
      (_, n) => `<media:content url="https://bao.example/${n}.jpg" medium="image"/>`,
    );
    const item = `<item xmlns:media="http://search.yahoo.com/mrss/"><title>Nhiều ảnh</title><guid>1</guid>${photos.join('')}</item>`;
    expect(await titles(wrap(item + good))).toEqual(['Tin lành', 'Nhiều ảnh']);
  });

  it('where it is cut off in the middle of a letter', async () => {
    const whole = Buffer.from(wrap(`${good}<item><title>${line}`));
    expect(await titles(whole.subarray(0, whole.lastIndexOf(Buffer.from('ƯƠ')) + 1))).toEqual(['Tin lành']);
  });

  it.each<[string, string | Uint8Array, string]>([
    ['letters and marks apart', rss([{ title: line.normalize('NFD') }]), 'application/rss+xml'],
    ['UTF-8 under a wrong header', rss([{ title: line }]), 'text/xml; charset=iso-8859-1'],
    [
      'UTF-8 under a wrong declaration',
      wrap(`<item><title>${line}</title></item>`, '<?xml version="1.0" encoding="windows-1252"?>'),
      'text/xml',
    ],
    ['windows-1258 under a header of UTF-8', windows1258(), 'text/xml; charset=utf-8'],
    ['UTF-16 with a mark', iconv.encode(rss([{ title: line }]), 'utf-16le', { addBOM: true }), 'text/xml'],
    ['big-endian UTF-16 without one', iconv.encode(rss([{ title: line }]), 'utf-16be'), 'text/xml; charset=utf-8'],
    ['TCVN', iconv.encode(rss([{ title: line }]).replace('utf-8', 'x-tcvn'), 'tcvn'), 'text/xml'],
    ['VISCII', iconv.encode(rss([{ title: line }]).replace('utf-8', 'VISCII'), 'viscii'), 'text/xml'],
    [
      'control characters and marks of order',
      wrap(`<item><title>\uFEFFHOÀNG\u0000\u0008 HUẤN\u200B - PHƯƠNG &#11;DUNG&#xFFFE;</title></item>`),
      'text/xml',
    ],
  ])('with %s', async (_name, body, type) => {
    const [title] = await titles(body, { 'content-type': type });
    expect(title?.replace('\uFFFE', '')).toBe(line);
  });

  it('with halves of letters', async () => {
    const json =
      '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","title":"a\\ud83d b\\ud83d\\ude00","content_html":"\\udc00x"}]}';
    const { refs } = await poll(json);
    const { entry } = refs[0]!.payload as { entry: ParsedEntry };
    expect([entry.title, entry.contentHtml]).toEqual(['a\uFFFD b😀', '\uFFFDx']);
  });
});

/** As Windows wrote Vietnamese: the tone is a letter of its own, after its vowel. */
function windows1258(): Uint8Array {
  const tones: Record<string, number> = {
    '\u0300': 0xcc,
    '\u0309': 0xd2,
    '\u0303': 0xde,
    '\u0301': 0xec,
    '\u0323': 0xf2,
  };
  const bytes = [...rss([{ title: line }]).replace('utf-8', 'windows-1258')].flatMap((letter) => {
    const marks = [...letter.normalize('NFD')];
    const base = marks
      .filter((mark) => tones[mark] === undefined)
      .join('')
      .normalize('NFC');
    return [...iconv.encode(base, 'windows-1258'), ...marks.flatMap((mark) => tones[mark] ?? [])];
  });
  return Uint8Array.from(bytes);
}
