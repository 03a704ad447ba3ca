import { access, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { bothEnds } from '#tests/e2e/backends.ts';
import type { Running } from '#tests/e2e/loa.ts';
import { type Bench, sharedBench } from '#tests/e2e/newsroom-bench.ts';
import { story } from '#tests/fakes/newsroom.ts';

const photo = (color: string) =>
  sharp({ create: { width: 900, height: 600, channels: 3, background: color } })
    .jpeg()
    .toBuffer();

const bridge = `---
id: cau-go
title: Cầu gỗ An Phú mở lại
images:
  - { src: bìa cầu.jpg, caption: Cầu gỗ sau khi sửa., credit: Lê An }
---
Sáng 25/11, cầu gỗ An Phú mở lại sau bốn tháng sửa chữa.

![](thợ.jpg "Thợ thay ván mặt cầu.")

Cầu dài 38 mét, nối hai thôn ven sông.
`;

const isFiled = async (bench: Bench, name: string) =>
  (await readdir(join(bench.folder, 'inbox', 'done'))).includes(name);

/** Everything a reader, a partner or a follower may see. */
async function published(bench: Bench): Promise<string> {
  const paths = ['rss', 'atom', 'json'].map((format) => `/feeds/latest.${format}`);
  const pages = await Promise.all([...paths, '/board/board'].map(async (path) => (await bench.get(path)).text()));
  return [...pages, JSON.stringify([...bench.receiver.events.values()])].join('\n');
}

/** Files an article that stood there before, and one after the first look. */
async function firstPoll(bench: Bench): Promise<Running> {
  const old = join(bench.folder, 'inbox', 'cu.md');
  await writeFile(old, '---\ntitle: Tin có sẵn\n---\nMột đoạn văn đủ dài để đọc được.\n');
  await utimes(old, new Date(Date.now() - 60_000), new Date(Date.now() - 60_000));
  const running = await bench.start();
  await bench.until(() => isFiled(bench, 'cu.md'));
  await writeFile(join(bench.folder, 'inbox', 'thu.txt'), 'Dòng đầu\n\nMột đoạn văn đủ dài để đọc được.\n');
  await bench.until(() => isFiled(bench, 'thu.txt'));
  return running;
}

/** The tests of one worker one after the other, the workers side by side. */
const one = { concurrent: false };

describe.concurrent.for(bothEnds)('on $name', (backend) => {
  let running: Running;
  const shared = sharedBench(
    () => [],
    async (bench) => {
      running = await firstPoll(bench);
    },
    { backend },
  );

  test(
    'photos beside a dropped file reach feeds and posts as renditions with captions, and no address of a file does',
    one,
    async () => {
      const bench = shared();
      const inbox = join(bench.folder, 'inbox');
      await writeFile(join(inbox, 'bìa cầu.jpg'), await photo('#385'));
      await writeFile(join(inbox, 'thợ.jpg'), await photo('#853'));
      await writeFile(join(inbox, 'cau.md'), `${bridge}\n![](thieu.jpg "Ảnh này không có.")\n`);
      await running.printed(/new article "Cầu gỗ An Phú mở lại": 1 feed, 2 photos, 1 photo left out/);

      const { items } = (await (await bench.get('/feeds/latest.json')).json()) as any;
      const entry = items.find((item: any) => item.title === 'Cầu gỗ An Phú mở lại');
      expect(entry._photos).toMatchObject([
        { caption: 'Cầu gỗ sau khi sửa.', credit: 'Lê An', width: 640 },
        { caption: 'Thợ thay ván mặt cầu.' },
      ]);
      expect(entry.content_html.match(/<img /g)).toHaveLength(2);
      expect(entry.content_html).toContain('<figcaption>Thợ thay ván mặt cầu.</figcaption>');
      expect((await fetch(entry._photos[1].url)).headers.get('content-type')).toBe('image/jpeg');

      await bench.until(async () => (await (await bench.get('/board/board')).text()).includes('Cầu gỗ An Phú'));
      await bench.until(async () =>
        JSON.stringify([...bench.receiver.events.values()]).includes('Thợ thay ván mặt cầu.'),
      );
      expect(await published(bench)).not.toMatch(/file:|inbox/);
      await access(join(inbox, 'thợ.jpg'));
    },
  );

  test('an article off the network never shows a file of this machine', one, async () => {
    const bench = shared();
    await writeFile(join(bench.folder, 'inbox', 'desk.jpg'), await photo('#358'));
    const files = ['file:///etc/passwd', pathToFileURL(join(bench.folder, 'inbox', 'desk.jpg')).href];
    const paragraphs = files.map(
      (src) => `Nước về.</p><figure><img src="${src}"><figcaption>Bể.</figcaption></figure><p>`,
    );
    bench.newsroom.stories.unshift(story('moi', { paragraphs, captions: [], publishedAt: Date.now() }));
    await running.printed(/new article "Khánh thành trạm bơm moi": 2 feeds, posted/);
    expect(await published(bench)).not.toMatch(/file:|passwd|desk\.jpg/);
  });

  test('what stands in the folder at the first look goes into the feeds and is not posted', one, async () => {
    const bench = shared();
    await writeFile(join(bench.folder, 'inbox', 'moi.md'), '---\ntitle: Tin mới đến\n---\nMột đoạn văn đủ dài.\n');
    await running.printed(/new article "Tin mới đến": 1 feed, posted/);
    const board = await (await bench.get('/board/board')).text();
    expect(board).toContain('Tin mới đến');
    expect(board).not.toContain('Tin có sẵn');
    await bench.until(async () => (await (await bench.get('/feeds/latest.rss')).text()).includes('Tin có sẵn'));
  });

  test(
    'a file that says its article is deleted is filed away once, also when nobody knows the article',
    one,
    async () => {
      const bench = shared();
      const inbox = join(bench.folder, 'inbox');
      await writeFile(join(inbox, 'la.md'), '---\nid: khong-ai-biet\ndeleted: true\n---\n');
      await bench.until(() => isFiled(bench, 'la.md'));

      await writeFile(
        join(inbox, 'tre.md'),
        '---\nid: cau-tre\ntitle: Cầu tre Nà Lạn mở lại\n---\nMột đoạn văn đủ dài.\n',
      );
      await running.printed(/new article "Cầu tre Nà Lạn mở lại"/);
      await bench.until(() => isFiled(bench, 'tre.md'));
      await writeFile(join(inbox, 'rut.md'), '---\nid: cau-tre\ndeleted: true\n---\n');
      await running.printed(/withdrawn "Cầu tre Nà Lạn mở lại"/);
      await bench.until(() => isFiled(bench, 'rut.md'));
      await writeFile(join(inbox, 'rut-nua.md'), '---\nid: cau-tre\ndeleted: true\n---\n');
      await bench.until(() => isFiled(bench, 'rut-nua.md'));
      const own = (await readdir(join(inbox, 'done'))).filter((name) => /^(la|rut|tre)/.test(name));
      expect(own.sort()).toEqual(['la.md', 'rut-nua.md', 'rut.md', 'tre.md']);
      expect(await readdir(inbox)).not.toContain('failed');
      await bench.until(async () => !(await (await bench.get('/feeds/latest.rss')).text()).includes('Cầu tre'));
      await bench.until(async () => !(await (await bench.get('/board/board')).text()).includes('Cầu tre'));
    },
  );
});
