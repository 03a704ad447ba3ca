import { writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { assertWellFormed } from '#src/markup/well-formed.ts';
import { serve } from '#src/net/serve.ts';
import { systemClock } from '#src/ops/clock.ts';
import { freePort, inFolder, startLoa } from '#tests/e2e/loa.ts';
import { secret } from '#tests/e2e/newsroom-bench.ts';
import { signIn } from '#tests/e2e/sign-in.ts';
import { startWebhookReceiver } from '#tests/fakes/webhook-receiver.ts';

const mebi = 1024 * 1024;
const hostileFeeds = ['doctype', 'bomb', 'page', 'cut', 'many', 'elements', 'deep', 'drip', 'loop', 'away', 'empty'];

test(
  'hostile feeds and pages of megabytes cost themselves, and the worker answers all the while',
  () =>
    inFolder(async (cwd) => {
      const tripped: string[] = [];
      const tripwire = await serve(
        (request, response) => {
          tripped.push(request.url ?? '');
          response.end('secret');
        },
        { host: '127.0.0.2' },
      );
      const receiver = await startWebhookReceiver({ secret, now: () => Date.now() });
      const picture = await sharp({ create: { width: 800, height: 600, channels: 3, background: '#27a' } })
        .jpeg()
        .toBuffer();
      const pages = hostilePages(tripwire.url);
      const bomb = gzipSync(Buffer.alloc(60 * mebi));
      let items = item('cu', 'Tin có trước', 'cu');
      const cut = `${item('nua', 'Tin trong feed cụt', 'nua')}<item><title>Dở`;

      const site = await serve((request, response) => {
        const path = (request.url ?? '').slice(1);
        const self = `http://${request.headers.host}`;
        const send = (type: string, body: string | Buffer, headers = {}): void => {
          response.writeHead(200, { 'content-type': type, ...headers }).end(body);
        };
        const feed = (inside: string, whole = true): void =>
          send(
            'application/rss+xml',
            rss(inside.replaceAll('SITE', self)).slice(0, whole ? undefined : -'</channel></rss>'.length),
          );
        if (path === 'rss') return feed(items);
        if (path === 'doctype')
          return send('text/xml', `<!DOCTYPE a [<!ENTITY b "${'x'.repeat(99)}"><!ENTITY c "&b;&b;&b;">]>${rss('')}`);
        if (path === 'bomb') return send('text/xml', bomb, { 'content-encoding': 'gzip' });
        if (path === 'page') return send('text/html', '<!doctype html><html><body>Không phải feed</body></html>');
        if (path === 'cut') return feed(cut, false);
        if (path === 'many') return feed(item('n', 'Một', 'n').repeat(3000));
        if (path === 'elements') return feed('<category>x</category>'.repeat(600_000));
        if (path === 'deep') return send('application/feed+json', `{"items":${'['.repeat(14 * mebi)}`);
        if (path === 'drip') return drip(response);
        if (path === 'loop' || path === 'away' || path === 'photo-away.jpg') {
          response.writeHead(302, { location: path === 'loop' ? `${self}/loop` : tripwire.url }).end();
          return;
        }
        if (path === 'empty' || path === 'page-204') {
          response.writeHead(204).end();
          return;
        }
        if (path === 'good.jpg') return send('image/jpeg', picture);
        if (path === 'heavy.jpg') return send('image/jpeg', Buffer.alloc(26 * mebi, picture));
        if (path === 'page-drip') return drip(response);
        const hostile = pages.get(path);
        if (hostile) return send('text/html; charset=utf-8', hostile);
        return send('text/html; charset=utf-8', goodPage(path, self));
      });

      const port = await freePort();
      const url = `http://127.0.0.1:${port}`;
      const sources = ['rss', ...hostileFeeds].map(
        (id) =>
          `  - { id: ${id}, kind: feed, url: "${site.url}/${id}", profile: vietnamese-portal, poll: ${id === 'rss' ? '1s' : '1h'} }`,
      );
      await writeFile(
        join(cwd, 'my.yaml'),
        `site: { name: Báo Thử, url: "${site.url}", language: vi, timezone: Asia/Ho_Chi_Minh }
listen: 127.0.0.1:${port}
publicUrl: ${url}
sources:
${sources.join('\n')}
feeds: [{ id: latest, title: Tin mới }]
photos: { widths: [320], formats: [jpeg] }
channels:
  - { id: board, kind: board, pace: { settle: 0s, gap: 0s } }
  - { id: partner, kind: webhook, settings: { url: "${receiver.url}", secret: "${secret}" }, pace: { settle: 0s, gap: 0s } }
network: { allow: ["127.0.0.1/32"] }
guards: { burst: 100 }
`,
      );
      const running = startLoa(['start', '--config', 'my.yaml'], { cwd });
      const headers = { cookie: await signIn(running) };
      const text = async (path: string): Promise<string> => (await fetch(url + path, { headers })).text();
      await running.printed(/watching/);
      while (!(await text('/feeds/latest.json')).includes('Tin có trước')) await systemClock.sleep(150);

      items = [
        item('tot-1', 'Bài tốt thứ nhất', 'tot-1'),
        ...[...pages.keys(), 'page-204', 'page-drip'].map((path) => item(path, `Bài độc ${path}`, path)),
        ...['1970-01-01T00:00:00Z', '2099-01-01T00:00:00Z', 'hôm kia'].map((date) =>
          item(`ngay ${date}`, `Ngày lạ ${date}`, `ngay-${encodeURIComponent(date)}`, date),
        ),
        item('trung', 'Trùng một', 'trung-1') + item('trung', 'Trùng hai', 'trung-2'),
        item('x'.repeat(5000), `Dài\r\n&#13;&#10;${'dài '.repeat(200_000)}`, 'dai'),
        item('constructor', 'Mảnh &amp;#xD800; vỡ &lt;img src=x onerror=alert(1)&gt;', 'vo'),
        `<item><title>Có mật khẩu</title><link>${site.url.replace('//', '//a:b@')}/x</link><guid>mk</guid></item>`,
        item('tot-2', 'Bài tốt thứ hai', 'tot-2'),
      ].join('');

      let waiting = true;
      const told = Promise.all(
        ['nhất', 'hai'].map((which) =>
          running.printed(
            new RegExp(
              `new article "Bài tốt thứ ${which}": 1 feed, 1 photo, posted to (board, posted to partner|partner, posted to board)`,
            ),
          ),
        ),
      ).finally(() => {
        waiting = false;
      });
      let worst = 0;
      while (waiting) {
        const asked = performance.now();
        expect((await fetch(`${url}/healthz`)).status).toBe(200);
        worst = Math.max(worst, performance.now() - asked);
        assertWellFormed(await text('/feeds/latest.rss'));
        assertWellFormed(await text('/feeds/latest.atom'));
        JSON.parse(await text('/feeds/latest.json'));
        await systemClock.sleep(200);
      }
      await told;
      expect(worst).toBeLessThan(10_000);

      for (const late of ['Tin trong feed cụt', 'Thử chữ Việt cũ'])
        while (!(await text('/feeds/latest.json')).includes(late)) await systemClock.sleep(150);
      const shown = await Promise.all(['/feeds/latest.rss', '/feeds/latest.atom', '/board/board', '/feeds'].map(text));
      for (const one of shown)
        expect(one).not.toMatch(/<script>alert|javascript:|file:\/|<img[^>]*onerror|127\.0\.0\.2/i);
      for (const path of ['/console', '/readyz']) expect((await fetch(url + path, { headers })).status).toBe(200);
      for (const pattern of [
        /Source doctype \(.*cannot be read: .*DOCTYPE/,
        /Source bomb \(.*cannot be read: .*100 times/,
        /Source page \(.*cannot be read: .*a web page, not .*a feed/,
        /cut: .*had to be mended/,
        /Source many \(.*cannot be read: .*2000 entries/,
        /Source elements \(.*cannot be read: .*200000 elements/,
        /Source deep \(.*cannot be read: .*64 levels/,
        /Source loop \(.*cannot be read: .*redirects/,
        /Source away \(.*cannot be read: .*127\.0\.0\.2/,
        /Source empty \(.*cannot be read: .*204/,
        // Which limit a page meets first depends on the machine.
        /left out: .*page-angles takes (longer|more memory)/,
        /left out: .*page-text (takes (longer|more memory)|holds a text of more than)/,
        /page-binary.*bytes of some file/,
        /Có mật khẩu.*user name or password/,
        /heavy\.jpg.*left out.*25 MB/,
      ])
        await running.printed(pattern);
      const titles = [...receiver.events.values()].map(({ data }) => data.title);
      expect(titles).toEqual(expect.arrayContaining(['Bài tốt thứ nhất', 'Bài tốt thứ hai']));
      expect(tripped).toEqual([]);
      running.kill('SIGTERM');
      expect(await running.ended).toBe(0);
      await Promise.all([tripwire.close(), site.close(), receiver.close()]);
    }),
  400_000,
);

/** By path; each near the largest page that is taken, or its tags near the most. */
function hostilePages(inside: string): Map<string, string | Buffer> {
  const fill = (piece: string): string => piece.repeat(Math.floor((4.5 * mebi) / Buffer.byteLength(piece)));
  const photos = ['SITE/heavy.jpg', 'SITE/photo-away.jpg', `${inside}/a.jpg`, 'data:image/png;base64,iVBORw0KGgo='];
  return new Map<string, string | Buffer>([
    ['page-angles', fill('<')],
    ['page-text', fill('<p>Nước về tới bể chứa của thôn lúc sáu giờ sáng.</p>')],
    ['page-tables', `<h1>Bảng</h1>${fill('<table><tr><td>chữ')}`],
    ['page-tags', `<article><h1>Thẻ</h1>${'<b>a</b>'.repeat(25_000)}</article>`],
    ['page-binary', Buffer.from(Uint8Array.from({ length: 200_000 }, (_, at) => (at * 7919) % 256))],
    [
      'page-1258',
      iconv.encode(
        '<html><meta charset="windows-1258"><article><h1>Tin</h1><p>Thư\u0309 chư\u0303 Viê\u0323t cu\u0303</p></article>',
        'win1258',
      ),
    ],
    [
      'page-photos',
      `<article><h1>Ảnh độc</h1><p>Trạm bơm chạy từ sáng sớm, nước về đủ cho bốn thôn ven suối.</p>${photos.map((src) => `<figure><img src="${src.replace('SITE', '')}"><figcaption>Ảnh lạ</figcaption></figure>`).join('')}</article>`,
    ],
  ]);
}

/** Ends never; the connection goes when the server closes or the reader has had enough. */
function drip(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html' });
  const timer = setInterval(() => response.write(' '), 200);
  response.on('close', () => clearInterval(timer));
}

function item(id: string, title: string, path: string, date = new Date().toUTCString()): string {
  return `<item><title>${title}</title><link>SITE/${path}</link><guid isPermaLink="false">${id}</guid><pubDate>${date}</pubDate></item>`;
}

function rss(items: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Thử</title><link>http://x.example/</link>
<description>Thử</description>${items}</channel></rss>`;
}

function goodPage(path: string, self: string): string {
  return `<html lang="vi"><head><title>Tin ${path}</title></head><body><article><h1>Tin ${path}</h1>
<p>Sáng nay, xã mở lại chợ phiên sau hai tháng sửa mái, với 120 gian hàng và lối đi mới lát đá.</p>
<figure><img src="${self}/good.jpg" width="800" height="600"><figcaption>Chợ trong buổi mở lại</figcaption></figure>
<p>Ban quản lý miễn phí chỗ ngồi trong tháng đầu và mở thêm một bãi gửi xe phía sau nhà văn hóa.</p></article></body></html>`;
}
