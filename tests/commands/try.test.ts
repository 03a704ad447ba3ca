import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCommand } from '#tests/fakes/run-command.ts';

const cwd = mkdtempSync(join(tmpdir(), 'loa-try-'));

const page = `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Đê Hòa Lạc gia cố xong trước mùa lũ - Báo Thử</title>
<link rel="canonical" href="https://bao-thu.example/de-hoa-lac"><meta property="article:published_time" content="2026-11-20T08:30:00+07:00">
</head><body><article><h1>Đê Hòa Lạc gia cố xong trước mùa lũ</h1>
<p><b>Sáng 20/11, đoạn đê dài 3 km ở xã Hòa Lạc được nghiệm thu sau bảy tháng thi công.</b></p>
<p>Đoạn đê xung yếu này từng sạt lở hai lần trong mùa mưa trước, khiến hơn một trăm hộ dân phải sơ tán trong đêm.</p>
<figure><img src="https://bao-thu.example/anh/de.jpg" width="1200" height="800" alt="Mặt đê mới"><figcaption>Mặt đê vừa rải đá. Ảnh: Lê Vân</figcaption></figure>
<p>Theo ban quản lý, phần kè đá sẽ được theo dõi thêm một mùa nước nữa trước khi bàn giao cho địa phương.</p>
<p style="text-align:right"><b>LÊ VÂN - MINH TÚ</b></p></article></body></html>`;

writeFileSync(join(cwd, 'page.html'), page);
writeFileSync(
  join(cwd, 'pasted.txt'),
  'Sáng 20/11, hợp tác xã Bãi Sậy thu hoạch vụ rau đầu tiên trong nhà lưới.\n\nSản lượng đạt 12 tấn, cao hơn dự tính của bà con.\n\nMINH TÚ\n',
);

describe('without any settings', () => {
  test('a page is told as one JSON document', async () => {
    const { code, out, err } = await runCommand(['try', 'page.html', '--profile', 'vietnamese-portal', '--json'], {
      cwd,
    });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const { articles } = JSON.parse(out);
    expect(articles).toHaveLength(1);
    expect(Object.keys(articles[0]).sort()).toEqual(
      [
        'id',
        'url',
        'headline',
        'lead',
        'byline',
        'dateline',
        'language',
        'section',
        'tags',
        'publishedAt',
        'updatedAt',
        'photos',
        'attachments',
        'html',
        'text',
        'removed',
        'doubts',
      ].sort(),
    );
    expect(articles[0]).toMatchObject({
      headline: 'Đê Hòa Lạc gia cố xong trước mùa lũ',
      url: 'https://bao-thu.example/de-hoa-lac',
      byline: ['Lê Vân', 'Minh Tú'],
      language: 'vi',
      publishedAt: '2026-11-20T01:30:00Z',
      photos: [{ url: 'https://bao-thu.example/anh/de.jpg', width: 1200, height: 800, alt: 'Mặt đê mới' }],
    });
  });

  test('its language finds the profile and the zone where none is named', async () => {
    const { out } = await runCommand(['try', 'page.html'], { cwd });
    expect(out).toContain('2026-11-20 08:30 (Asia/Ho_Chi_Minh)');
    expect(out).toMatch(/byline +Lê Vân, Minh Tú/);
    expect(out).toMatch(/photo 1 +https:\/\/bao-thu\.example\/anh\/de\.jpg 1200×800/);
  });

  test('a pasted text without a headline says what was guessed', async () => {
    const { out } = await runCommand(['try', 'pasted.txt', '--profile', 'vietnamese-portal', '--json'], { cwd });
    const [article] = JSON.parse(out).articles;
    expect(article.lead).toContain('hợp tác xã Bãi Sậy');
    expect(article.byline).toEqual(['Minh Tú']);
    expect(article.doubts).not.toEqual([]);
  });

  test('a page that holds nothing is no article', async () => {
    writeFileSync(join(cwd, 'shell.html'), '<!doctype html><html><body><div id=app></div></body></html>');
    expect(await runCommand(['try', 'shell.html', '--json'], { cwd })).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('Neither a headline nor text stands there.'),
    });
  });

  test('what is nowhere ends with 1, wrong usage with 2, and neither prints anything else', async () => {
    expect(await runCommand(['try', 'nowhere.html', '--json'], { cwd })).toEqual({
      code: 1,
      out: '',
      err: 'There is no file and no source "nowhere.html".\nGive a file, an address that begins with https://, or a source id.',
    });
    expect(await runCommand(['try'], { cwd })).toMatchObject({ code: 2, out: '' });
    expect(await runCommand(['try', 'page.html', '--profile', 'vietnamese-portl'], { cwd })).toMatchObject({
      code: 1,
      out: '',
    });
  });

  test('a profile of one’s own shows its effect, and its mistakes with their places', async () => {
    const html = page.replace(
      '<p>Đoạn đê',
      '<p class="loi-bat">Trồng rừng cũng là giữ nước cho mùa sau.</p><p>Đoạn đê',
    );
    writeFileSync(join(cwd, 'marked.html'), html);
    writeFileSync(join(cwd, 'own.yaml'), 'extends: vietnamese-portal\nselectors: { drop: [.loi-bat] }\n');
    const tried = async (...argv: string[]) =>
      JSON.parse((await runCommand(['try', 'marked.html', '--json', ...argv], { cwd })).out);
    expect((await tried('--profile', 'vietnamese-portal')).articles[0].text).toContain('Trồng rừng');
    expect((await tried('--profile', './own.yaml')).articles[0].text).not.toContain('Trồng rừng');
    writeFileSync(join(cwd, 'wrong.yaml'), 'extends: vietnamese-portal\nselektors: { drop: [.loi-bat] }\n');
    const { code, err } = await runCommand(['try', 'marked.html', '--profile', './wrong.yaml'], { cwd });
    expect(code).toBe(1);
    expect(err).toContain('wrong.yaml:2:1: unknown key `selektors`: did you mean `selectors`?');
  });

  test("an address in one's own network is refused before anything is asked", async () => {
    const { code, err } = await runCommand(['try', 'http://127.0.0.1:9/x'], { cwd });
    expect(code).toBe(1);
    expect(err).toMatch(/^127\.0\.0\.1 was not asked: .*network\.allow/);
  });
});

describe('with settings', () => {
  const home = mkdtempSync(join(tmpdir(), 'loa-try-'));
  mkdirSync(join(home, 'config/inbox'), { recursive: true });
  const note = join(home, 'config/inbox/note.md');
  writeFileSync(note, '---\ntitle: Chợ nổi Kỳ Vỹ họp lại\nauthor: Lê Vân\n---\n\nHàng trăm ghe xuồng về từ tinh mơ.\n');
  // A folder takes a file only when it has been left alone for a moment.
  utimesSync(note, new Date(Date.now() - 60_000), new Date(Date.now() - 60_000));
  writeFileSync(
    join(home, 'config/loa.yaml'),
    `site: { name: Báo, url: https://bao.example, language: vi, timezone: Asia/Ho_Chi_Minh }
sources: [{ id: desk, kind: folder, path: ./inbox }]
`,
  );

  test('a source shows what its first poll would find, and leaves it where it is', async () => {
    const { code, out } = await runCommand(['try', 'desk', '--json'], { cwd: home });
    expect(code).toBe(0);
    expect(JSON.parse(out).articles).toMatchObject([{ headline: 'Chợ nổi Kỳ Vỹ họp lại', byline: ['Lê Vân'] }]);
    expect(existsSync(note)).toBe(true);
  });

  test('a slip of the keys names the source that was meant', async () => {
    expect((await runCommand(['try', 'dsek'], { cwd: home })).err).toContain('Did you mean the source desk?');
  });

  test('an address that serves plain text is read as pasted text, not as a page', async () => {
    const pasted = 'Sáng 20/11, bến Vĩnh Hà đón chuyến phà đầu tiên.\n\nPhà chở được 40 xe máy.\n\nLÊ VÂN\n';
    const site = createServer((_, answer) => answer.setHeader('content-type', 'text/plain').end(pasted));
    await once(site.listen(0, '127.0.0.1'), 'listening');
    const { port } = site.address() as AddressInfo;
    writeFileSync(
      join(home, 'own.yaml'),
      `site: { name: Báo, url: https://bao.example, language: vi, timezone: Asia/Ho_Chi_Minh }
network: { allow: ["127.0.0.0/8"] }
`,
    );
    const address = `http://127.0.0.1:${port}/pha.txt`;
    const argv = ['try', address, '--profile', 'vietnamese-portal', '--config', 'own.yaml', '--json'];
    const { out } = await runCommand(argv, { cwd: home });
    site.close();
    expect(JSON.parse(out).articles).toMatchObject([
      { url: address, byline: ['Lê Vân'], lead: 'Sáng 20/11, bến Vĩnh Hà đón chuyến phà đầu tiên.' },
    ]);
  });
});
