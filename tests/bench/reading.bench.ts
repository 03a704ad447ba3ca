/** Pages of newsrooms nobody has seen before: what is understood of them, how long it takes, and what the worst of them cost. */
import { loadProfile } from '#config/profiles.ts';
import { type ArticleReader, createArticleReader } from '#src/articles/article-reader.ts';
import { messageOf } from '#src/core/errors.ts';
import { systemClock } from '#src/ops/clock.ts';
import { addScores, type Score, shareOf } from '#tests/articles/quality.ts';
import { missesOf, qualityTable, scorePages } from '#tests/articles/read-pages.ts';
import type { Bench } from '#tests/bench/bench.ts';
import type { Report } from '#tests/bench/report.ts';
import { spreadOf } from '#tests/bench/statistics.ts';
import { silentLog } from '#tests/fakes/log.ts';
import { pages } from '#tests/fixtures/pages/pages.ts';

export const benches: Bench[] = [
  { name: 'what is understood', run: measureQuality },
  { name: 'time', run: measureTime },
  { name: 'pages that mean harm', run: measureHarm },
];

const bars: [keyof Score, number][] = [
  ['photo recall', 0.98],
  ['photo precision', 0.98],
  ['caption', 0.97],
  ['byline', 0.95],
  ['headline', 1],
  ['caption in lead', 1],
  ['boilerplate', 0.99],
  ['lost', 0.99],
];

const now = Date.parse('2026-11-25T15:00:00Z');
const rounds = 5;

async function measureQuality(report: Report): Promise<void> {
  const results = scorePages(pages);
  console.log(`\n${qualityTable(results)}\n\n${missesOf(results)}`);
  const all = addScores(results.map(({ score }) => score));
  for (const [field, bar] of bars) {
    report.limit(`right: ${field}`, { ours: [shareOf(all[field])], unit: '', bar: { atLeast: bar } });
  }
}

/** Every page's middle time of several rounds: what else the machine does meanwhile is no page's doing. */
async function measureTime(report: Report): Promise<void> {
  const reader = openReader();
  const times = pages.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, page] of pages.entries()) {
      const { milliseconds } = await read(reader, page.html, page.url, page.expected.language);
      if (round > 0) times[index]!.push(milliseconds);
    }
  }
  await reader.close();
  const middles = times.map((each) => spreadOf(each).median).sort((a, b) => a - b);
  const at = (share: number) => middles[Math.min(middles.length - 1, Math.floor(middles.length * share))]!;
  report.limit('one page, median', { ours: [at(0.5)], unit: 'ms', bar: { atMost: 25 } });
  report.limit('one page, p95', { ours: [at(0.95)], unit: 'ms', bar: { atMost: 150 } });
  report.limit('one page, longest', { ours: [Math.max(...times.flat())], unit: 'ms', bar: { atMost: 5_000 } });
}

/** What the reading thread adds to the process at its highest, beside the time. */
async function measureHarm(report: Report): Promise<void> {
  const photo = (index: number) =>
    `<figure><img src="/${index}.jpg"><figcaption>Ảnh ${index}</figcaption></figure><p>Đoạn ${index}.</p>`;
  const harmful: Record<string, string> = {
    '10,000 photos': Array.from({ length: 10_000 }, (_, index) => photo(index)).join(''),
    '50,000 nested tags': `${'<div>'.repeat(50_000)}Cầu mới${'</div>'.repeat(50_000)}`,
    '100,000 unclosed links': '<b><i><a href="/x">'.repeat(33_000),
    '20,000 table rows': `<table>${'<tr><td>Cầu</td><td>mới</td></tr>'.repeat(20_000)}</table>`,
    '5 MB of text': `<p>${'Cầu mới qua suối đã mở cho người đi bộ. '.repeat(100_000)}</p>`,
    '1 MB headline': `<h1>${'Cầu mới '.repeat(120_000)}</h1><p>Cầu đã mở.</p>`,
  };
  for (const [name, content] of Object.entries(harmful)) {
    globalThis.gc?.();
    const before = process.memoryUsage.rss();
    let highest = before;
    const watch = setInterval(() => (highest = Math.max(highest, process.memoryUsage.rss())), 5);
    const reader = openReader();
    await read(reader, '<h1>Cầu mới</h1><p>Cầu đã mở.</p>', 'https://bao.example/0', 'vi');
    const html = `<html lang="vi"><head><title>Cầu mới</title></head><body><article>${content}</article></body></html>`;
    const { milliseconds, told } = await read(reader, html, 'https://bao.example/1', 'vi');
    clearInterval(watch);
    await reader.close();
    report.limit(`${name} (${told}), time`, { ours: [milliseconds], unit: 'ms', bar: { atMost: 5_250 } });
    report.limit(`${name}, memory`, { ours: [(highest - before) / 2 ** 20], unit: 'MB', bar: { atMost: 256 } });
  }
}

function openReader(): ArticleReader {
  return createArticleReader({ log: silentLog, clock: systemClock });
}

async function read(reader: ArticleReader, html: string, url: string, language: string) {
  const profile = loadProfile('auto', language);
  const site = { name: 'Báo Ví Dụ', url: 'https://bao.example', language, timezone: 'Asia/Ho_Chi_Minh' };
  const start = performance.now();
  const told = await reader.read({ kind: 'page', url, html, hints: {} }, { profile, site, now }).then(
    () => 'read',
    (error: unknown) => messageOf(error).slice(0, 60),
  );
  return { milliseconds: performance.now() - start, told };
}
