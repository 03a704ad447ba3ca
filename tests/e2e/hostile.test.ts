import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { assertWellFormed } from '#src/markup/well-formed.ts';
import { serve } from '#src/net/serve.ts';
import { systemClock } from '#src/ops/clock.ts';
import { freePort, inFolder, startLoa } from '#tests/e2e/loa.ts';
import { signIn } from '#tests/e2e/sign-in.ts';

const hostileTitles = [
  '<script>alert(1)</script> ]]> &amp;amp; {{link}} {% raw %}',
  'Tiêu đề\u202e đảo chiều 👩‍👩‍👧‍👦 và\u0000 rỗng',
  `${'dài '.repeat(50_000)}`,
];

const photos = ['svg.jpg', 'large.png', 'cut.jpg', 'text.jpg', 'missing.jpg', 'broken.jpg'];

test('a hostile newsroom costs its own articles and photos, never the others, and reaches nothing it may not', () =>
  inFolder(async (cwd) => {
    const tripped: string[] = [];
    const tripwire = createServer((request, response) => {
      tripped.push(request.url ?? '');
      response.end('secret');
    });
    const inside = await new Promise<string>((resolve) =>
      tripwire.listen(0, '127.0.0.2', () =>
        resolve(`http://127.0.0.2:${(tripwire.address() as { port: number }).port}`),
      ),
    );
    const picture = await sharp({ create: { width: 800, height: 600, channels: 3, background: '#27a' } })
      .jpeg()
      .toBuffer();
    const large = await sharp({ create: { width: 9000, height: 7000, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    let stories: { id: string; title: string; link: string }[] = [];

    const site = await serve((request, response) => {
      const path = (request.url ?? '').slice(1);
      const self = `http://${request.headers.host}`;
      const send = (status: number, type: string, body: string | Buffer, headers = {}): void => {
        response.writeHead(status, { 'content-type': type, ...headers }).end(body);
      };
      if (path === 'rss') return send(200, 'application/rss+xml', feedOf(stories));
      if (path === 'good.jpg') return send(200, 'image/jpeg', picture);
      if (path === 'svg.jpg')
        return send(200, 'image/jpeg', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
      if (path === 'large.png') return send(200, 'image/png', large);
      if (path === 'cut.jpg') return send(200, 'image/jpeg', picture.subarray(0, picture.length / 2));
      if (path === 'text.jpg') return send(200, 'image/jpeg', 'not a picture');
      if (path === 'broken.jpg') return send(500, 'text/plain', '');
      if (path === 'away') return send(302, 'text/plain', '', { location: inside });
      if (path === 'loop') return send(302, 'text/plain', '', { location: `${self}/loop` });
      if (path === 'nested') return send(200, 'text/html', `<h1>Lồng nhau</h1>${'<table><tr><td>'.repeat(60_000)}chữ`);
      if (path === 'binary') return send(200, 'text/html', Buffer.alloc(100_000, 0xfe));
      if (path === 'hostile') return send(200, 'text/html; charset=utf-8', hostilePage(self, inside));
      if (path.startsWith('good')) return send(200, 'text/html; charset=utf-8', goodPage(path, self));
      return send(404, 'text/plain', 'not found');
    });

    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    await mkdir(join(cwd, 'inbox'));
    await writeFile(
      join(cwd, 'my.yaml'),
      `site: { name: Báo Thử, url: "${site.url}", language: vi, timezone: Asia/Ho_Chi_Minh }
listen: 127.0.0.1:${port}
publicUrl: ${url}
sources: [{ id: portal, kind: feed, url: "${site.url}/rss", profile: vietnamese-portal, poll: 1s }]
feeds: [{ id: latest, title: Tin mới }]
photos: { widths: [320], formats: [jpeg] }
channels: [{ id: board, kind: board, pace: { settle: 0s } }]
network: { allow: ["127.0.0.1/32"] }
guards: { burst: 100 }
`,
    );
    const running = startLoa(['start', '--config', 'my.yaml'], { cwd });
    await running.printed(/nothing old will be posted/);
    const headers = { cookie: await signIn(running) };
    const body = async (path: string): Promise<string> => (await fetch(url + path, { headers })).text();
    while (!(await body('/feeds/latest.json')).includes('"items"')) await systemClock.sleep(150);

    stories = [
      { id: 'tot-1', title: 'Bài tốt thứ nhất', link: `${site.url}/good-1` },
      ...hostileTitles.map((title, index) => ({ id: `__proto__:${index}/`, title, link: `${site.url}/hostile` })),
      { id: 'di', title: 'Đi nơi khác', link: `${site.url}/away` },
      { id: 'vong', title: 'Vòng lặp', link: `${site.url}/loop` },
      { id: 'trong', title: 'Bên trong', link: `${inside}/page` },
      { id: 'ma', title: 'Mã độc', link: 'javascript:alert(1)' },
      { id: 'tep', title: 'Tệp', link: 'file:///etc/passwd' },
      { id: 'long', title: 'Lồng nhau', link: `${site.url}/nested` },
      { id: 'nhi-phan', title: 'Nhị phân', link: `${site.url}/binary` },
      { id: 'tot-2', title: 'Bài tốt thứ hai', link: `${site.url}/good-2` },
    ];

    let worst = 0;
    const told = new Promise<void>((resolve) => {
      void Promise.all([
        running.printed(/new article "Bài tốt thứ nhất": 1 feed, 1 photo, posted to board/),
        running.printed(/new article "Bài tốt thứ hai": 1 feed, 1 photo, posted to board/),
      ]).then(() => resolve());
    });
    let waiting = true;
    void told.then(() => {
      waiting = false;
    });
    while (waiting) {
      const asked = performance.now();
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
      worst = Math.max(worst, performance.now() - asked);
      assertWellFormed(await body('/feeds/latest.rss'));
      assertWellFormed(await body('/feeds/latest.atom'));
      JSON.parse(await body('/feeds/latest.json'));
      await systemClock.sleep(200);
    }
    expect(worst).toBeLessThan(10_000);
    await running.printed(/svg\.jpg.*left out: SVG/);

    const shown = [await body('/feeds/latest.rss'), await body('/feeds/latest.atom'), await body('/feeds/latest.json')];
    const pages = [await body('/board/board'), await body('/feeds')];
    for (const text of [...shown, ...pages, await body('/console')]) {
      expect(text).not.toMatch(/<script>alert|href="javascript:|src="javascript:|onerror=/i);
    }
    // The console may say why such an address was not asked; readers never see one.
    for (const text of [...shown, ...pages]) expect(text).not.toMatch(/file:\/\/|127\.0\.0\.2/);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect(tripped).toEqual([]);
    running.kill('SIGTERM');
    expect(await running.ended).toBe(0);
    tripwire.close();
    await site.close();
  }));

function feedOf(stories: readonly { id: string; title: string; link: string }[]): string {
  // The title goes out as a broken system would write it: control characters and all.
  const items = stories.map(
    ({ id, title, link }) =>
      `<item><title><![CDATA[${title.replaceAll(']]>', ']]]]><![CDATA[>')}]]></title><link>${link}</link>
<guid isPermaLink="false">${id}</guid><pubDate>${new Date().toUTCString()}</pubDate></item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Thử</title><link>http://x.example/</link>
<description>Thử</description>${items.join('')}</channel></rss>`;
}

function hostilePage(self: string, inside: string): string {
  const all = [...photos.map((name) => `${self}/${name}`), `${inside}/photo.jpg`, `${self}/away`, 'file:///etc/passwd'];
  return `<html><head><title>Trang độc</title></head><body><article><h1>Trang độc</h1>
<p>Đoạn văn đủ dài để được coi là thân bài của một tin, dù bên cạnh nó có những thứ không nên có.</p>
<script>alert(1)</script><p onclick="alert(1)">Đoạn hai <a href="javascript:alert(1)">bấm vào đây</a> cũng đủ dài để giữ lại.</p>
<img src="x" onerror="alert(1)"><iframe src="${inside}"></iframe><svg><script>alert(1)</script></svg>
${all.map((src) => `<figure><img src="${src}"><figcaption>Chú thích "lạ" <b onmouseover=alert(1)>đậm</b></figcaption></figure>`).join('')}
</article></body></html>`;
}

function goodPage(path: string, self: string): string {
  const title = path === 'good-1' ? 'Bài tốt thứ nhất' : 'Bài tốt thứ hai';
  return `<html lang="vi"><head><title>${title}</title></head><body><article><h1>${title}</h1>
<p>Sáng nay, xã mở lại chợ phiên sau hai tháng sửa mái, với 120 gian hàng và lối đi mới lát đá.</p>
<figure><img src="${self}/good.jpg" width="800" height="600"><figcaption>Chợ trong buổi mở lại</figcaption></figure>
<p>Ban quản lý miễn phí chỗ ngồi trong tháng đầu và mở thêm một bãi gửi xe phía sau nhà văn hóa ${path}.</p>
</article></body></html>`;
}
