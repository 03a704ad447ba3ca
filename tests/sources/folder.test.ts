import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cursor } from '#src/core/signal.ts';
import { rawFromFile } from '#src/sources/folder/article-file.ts';
import { folderSource } from '#src/sources/folder.ts';
import { sourceContract } from '#tests/contracts/source-contract.ts';
import { type ManualClock, manualClock } from '#tests/fakes/manual-clock.ts';
import { testSourceTools } from '#tests/fakes/source-tools.ts';

const noHttp = { request: () => Promise.reject(new Error('a folder asks no network')) };

let path: string;
let clock: ManualClock;
const settings = () => ({ path });
const tools = () => testSourceTools(noHttp, clock);
const poll = (cursor: Cursor = null) => folderSource.poll(cursor, settings(), tools());

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'inbox-'));
  clock = manualClock();
});
afterEach(() => rm(path, { recursive: true, force: true }));

/** Writes a file as if `age` milliseconds ago. */
async function drop(name: string, content: string | Uint8Array, age = 5000, folder = path): Promise<void> {
  await writeFile(join(folder, name), content);
  await utimes(join(folder, name), new Date(clock.now() - age), new Date(clock.now() - age));
}

const readFirst = async () => {
  const { refs } = await poll();
  return folderSource.read(refs[0]!, settings(), tools());
};

sourceContract(folderSource, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'inbox-'));
  clock = manualClock();
  return {
    settings: { path: folder },
    tools: tools(),
    clock,
    publish: (name, headline) =>
      drop(`${name}.md`, `---\ntitle: ${headline}\n---\nNội dung.`, 5000 + name.length, folder),
    async breakDown() {
      await rm(folder, { recursive: true });
      await writeFile(folder, 'a file where the folder was');
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
});

describe('which files are taken', () => {
  it('makes the folder when it is missing', async () => {
    path = join(path, 'new', 'inbox');
    expect(await poll()).toMatchObject({ refs: [], unchanged: true });
    expect(await readdir(path)).toEqual([]);
  });

  it('leaves dot files, temporary files, photos, folders and links alone', async () => {
    await drop('.hidden.md', 'x');
    await drop('a.md.tmp', 'x');
    await drop('a.jpg', 'x');
    await mkdir(join(path, 'folder.md'));
    await symlink('/etc/passwd', join(path, 'link.txt'));
    await drop('a.txt', 'Tin');
    expect((await poll()).refs.map(({ externalId }) => externalId)).toEqual(['a.txt']);
  });

  it('waits until a file has been left alone for two seconds', async () => {
    await drop('a.txt', 'Tin', 500);
    const first = await poll();
    expect(first.refs).toEqual([]);
    clock.advance(1500);
    expect((await poll(first.cursor)).refs).toHaveLength(1);
  });

  it('watches a file whose time lies in the future', async () => {
    await drop('a.txt', 'Tin', -3_600_000);
    const first = await poll();
    clock.advance(1000);
    const second = await poll(first.cursor);
    clock.advance(1000);
    expect([first, second, await poll(second.cursor)].map(({ refs }) => refs.length)).toEqual([0, 0, 1]);
  });

  it('tells again of a file that was never filed away', async () => {
    await drop('a.txt', 'Tin');
    const first = await poll();
    clock.advance(11 * 60_000);
    const again = await poll(first.cursor);
    expect(again.refs[0]?.stamp).not.toBe(first.refs[0]?.stamp);
  });
});

describe('which article it is', () => {
  it('says the front matter, whatever the file is called: a later file waits until the first is filed away', async () => {
    await drop('a.md', '---\nid: cau-moi\n---\nMột');
    await drop('b.md', '---\nid: cau-moi\ndeleted: true\n---\n', 4000);
    const first = await poll();
    expect(first.refs.map(({ externalId, sign }) => [externalId, sign])).toEqual([['cau-moi', 'changed']]);
    const early = await poll(first.cursor);
    expect(early.refs).toEqual([]);
    await folderSource.settle!(first.refs[0]!, null, settings(), tools());
    const late = await poll(early.cursor);
    expect(late.refs.map(({ externalId, sign }) => [externalId, sign])).toEqual([['cau-moi', 'gone']]);
  });

  it('comes again under its name after it was filed away', async () => {
    await drop('a.txt', 'Một');
    const first = await poll();
    await folderSource.settle!(first.refs[0]!, null, settings(), tools());
    const empty = await poll(first.cursor);
    clock.advance(60_000);
    await drop('a.txt', 'Một');
    const again = await poll(empty.cursor);
    expect(again.refs[0]?.stamp).not.toBe(first.refs[0]?.stamp);
    await folderSource.settle!(again.refs[0]!, null, settings(), tools());
    expect((await readdir(join(path, 'done'))).sort()).toEqual(['a-2.txt', 'a.txt']);
  });

  it('goes to failed with a readable reason', async () => {
    await drop('bad.md', '---\ntitle: "x\n---\nMột');
    await drop('good.md', 'Hai', 4000);
    const { refs } = await poll();
    expect(refs.map(({ externalId }) => externalId)).toEqual(['bad.md', 'good.md']);
    const error = await folderSource.read(refs[0]!, settings(), tools()).catch((thrown) => thrown);
    expect(error).toMatchObject({
      name: 'UserError',
      message: expect.stringMatching(/^bad\.md, line [23]: the front matter is not valid YAML/),
    });
    await folderSource.settle!(refs[0]!, error.message, settings(), tools());
    expect(JSON.parse(await readFile(join(path, 'failed', 'bad.md.error.json'), 'utf8'))).toEqual({
      file: 'bad.md',
      error: error.message,
      next: `Mend the file and put it into ${path} again.`,
      at: '2026-11-25T08:00:00.000Z',
    });
  });
});

describe('photos', () => {
  it('beside the file become addresses below the folder, and nothing leads out of it', async () => {
    const outside = join(path, '..', 'secret.jpg');
    await symlink(outside, join(path, 'link.jpg'));
    await writeFile(outside, 'x');
    const body = [
      'cầu.jpg',
      '../secret.jpg',
      '/etc/passwd',
      'link.jpg',
      'file:///etc/passwd',
      'https://bao.example/x.jpg',
    ];
    const front =
      '---\nimages:\n  - { src: bìa.jpg, caption: Bìa, credit: Lê An, alt: Chiếc cầu }\n  - ../../x.jpg\n---\n';
    await drop('a.md', front + body.map((src) => `![](<${src}>)`).join('\n\n'));
    const raw = await readFirst();
    if (raw?.kind !== 'page') return expect.unreachable();
    const root = pathToFileURL(path).href;
    const found = [...raw.hints.bodyHtml!.matchAll(/src="([^"]+)"/g)].map(([, src]) => src);
    expect(found).toEqual([`${root}/c%E1%BA%A7u.jpg`, 'https://bao.example/x.jpg']);
    expect(raw.hints.photos).toEqual([
      { url: `${root}/b%C3%ACa.jpg`, caption: 'Bìa', credit: 'Lê An', alt: 'Chiếc cầu' },
    ]);
    await rm(outside);
  });

  it('of a saved page stand beside it, else where the page says that it stood, else on the site', async () => {
    await writeFile(join(path, 'a.jpg'), 'x');
    const images = ['a.jpg', '/upload/b.jpg', '../c.jpg'].map((src) => `<img src="${src}">`).join('');
    const read = async (head: string) => {
      await drop('p.html', `<html><head>${head}</head><body><p>Tin</p>${images}</body></html>`);
      const raw = await readFirst();
      return raw?.kind === 'page' ? [...raw.html.matchAll(/<img src="([^"]*)"/g)].map(([, src]) => src) : [];
    };
    const beside = `${pathToFileURL(path).href}/a.jpg`;
    expect(await read('')).toEqual([beside, 'https://bao.example/upload/b.jpg', '']);
    expect(await read('<link rel="canonical" href="https://cu.example/tin/1.html">')).toEqual([
      beside,
      'https://cu.example/upload/b.jpg',
      'https://cu.example/c.jpg',
    ]);
  });

  it('come with a text too, and below the folder as it is called, also when that is a link', async () => {
    const inbox = `${path}-link`;
    await symlink(path, inbox);
    await drop('a.json', JSON.stringify({ title: 'Cầu', text: 'Thân bài.', photos: ['cầu.jpg', '../x.jpg'] }));
    await writeFile(join(path, 'cầu.jpg'), 'x');
    const { refs } = await folderSource.poll(null, { path: inbox }, tools());
    const raw = await folderSource.read(refs[0]!, { path: inbox }, tools());
    await rm(inbox);
    expect(raw).toMatchObject({
      kind: 'text',
      hints: { photos: [{ url: pathToFileURL(join(inbox, 'cầu.jpg')).href }] },
    });
  });
});

describe('a file', () => {
  const read = (name: string, content: string | Uint8Array) => rawFromFile(name, Buffer.from(content));

  it('of Markdown holds everything in its front matter', () => {
    const content = `---
id: 7
title: Cầu mới
date: 2026-11-29
updated: 2026-11-29T10:00:00+07:00
author: [Hoàng Huấn, { name: Phương Dung }]
section: Thời sự
tags: [cầu, đường]
lang: vi
canonical: https://bao.example/cau
---
Sáng 29/11, **cầu** mở.`;
    expect(read('a.md', content)).toEqual({
      id: '7',
      raw: {
        kind: 'page',
        url: 'https://bao.example/cau',
        html: '',
        hints: {
          headline: 'Cầu mới',
          byline: ['Hoàng Huấn', 'Phương Dung'],
          language: 'vi',
          section: 'Thời sự',
          tags: ['cầu', 'đường'],
          publishedAt: '2026-11-29',
          updatedAt: '2026-11-29T10:00:00+07:00',
          url: 'https://bao.example/cau',
          bodyHtml: '<p>Sáng 29/11, <strong>cầu</strong> mở.</p>\n',
        },
      },
    });
  });

  it('of Markdown may open with its headline', () => {
    expect(read('a.md', '# Cầu mới\n\nChữ.')).toMatchObject({
      raw: { hints: { headline: 'Cầu mới', bodyHtml: '<p>Chữ.</p>\n' } },
    });
  });

  it('of JSON has the fields of an article', () => {
    const article = {
      externalId: 'x1',
      title: 'T',
      contentHtml: '<p>a</p>',
      authors: ['A'],
      sections: ['S', 'S2'],
      tags: ['t'],
      lang: null,
      images: [{ url: 'p.jpg' }],
      __proto__: { id: 'no' },
    };
    expect(read('a.json', JSON.stringify(article))).toEqual({
      id: 'x1',
      raw: {
        kind: 'page',
        url: null,
        html: '',
        hints: {
          headline: 'T',
          byline: ['A'],
          section: 'S',
          tags: ['S2', 't'],
          photos: [{ url: 'p.jpg' }],
          bodyHtml: '<p>a</p>',
        },
      },
    });
    expect(read('a.json', '{"id":"x1","deleted":true}')).toMatchObject({
      id: 'x1',
      raw: { kind: 'gone', certain: true },
    });
  });

  it('of plain text may be in another charset', () => {
    expect(read('a.txt', Buffer.from('\uFEFFTin', 'utf16le'))).toMatchObject({ raw: { kind: 'text', text: 'Tin' } });
  });

  it.each([
    ['a.json', '{"title":', /a\.json is not valid JSON/],
    ['a.json', '[1]', /expected one article/],
    ['a.json', '{"title":"x"}', /holds no text/],
    ['a.json', '{"title":"x","text":"y","images":[{"caption":"z"}]}', /"images\.0/],
    ['a.md', '---\ntitle: x\nkhông có kết', /line 1: the front matter that begins here has no end/],
    ['a.md', '  \n', /is empty/],
    ['a.pdf', 'x', /of no kind/],
  ])('%s that is wrong is named: %s', (name, content, message) => {
    expect(() => read(name, content)).toThrow(message);
  });
});
