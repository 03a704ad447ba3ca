import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Photo } from '#src/core/article.ts';
import { HttpFailure } from '#src/core/errors.ts';
import { renditionPath } from '#src/core/rendition.ts';
import type { Http, HttpRequest, HttpResponse } from '#src/core/tools.ts';
import { isTemporary } from '#src/photos/failure.ts';
import { createPhotoPool, type PhotoPool } from '#src/photos/pool.ts';
import { renderPhoto } from '#src/photos/render-photo.ts';
import { recordingLog } from '#tests/fakes/log.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';
import { diskFiles } from '#tests/photos/disk-files.ts';
import { flag, widths } from '#tests/photos/pictures.ts';

const address = 'https://bao.example/anh/ruộng-bậc-thang.jpg';
let picture: Buffer;
let pool: PhotoPool;
let root: string;
let inbox: string;

beforeAll(async () => {
  picture = await flag().jpeg().toBuffer();
  pool = createPhotoPool({ size: 1, log: recordingLog(), clock: manualClock() });
});
afterAll(() => pool.close());
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'loa-photo-'));
  inbox = join(root, 'inbox');
  await mkdir(inbox);
});
afterEach(() => rm(root, { recursive: true }));

/** A server that gives this answer, and what it was asked. */
function serving(answer: Partial<HttpResponse> | Error): Http & { asked: HttpRequest[] } {
  const asked: HttpRequest[] = [];
  return {
    asked,
    async request(request) {
      asked.push(request);
      if (answer instanceof Error) throw answer;
      const headers = { etag: '"v1"' };
      const unchanged = request.headers?.['if-none-match'] === headers.etag;
      const fresh = { status: 200, headers, body: picture, url: request.url, movedTo: null, ...answer };
      return unchanged ? { ...fresh, status: 304, body: new Uint8Array() } : fresh;
    },
  };
}

const nobody = serving(new Error('nothing is to be fetched'));

function render(photo: Partial<Photo>, http: Http) {
  const whole: Photo = { url: address, caption: null, credit: null, alt: null, width: null, height: null, ...photo };
  const input = {
    articleId: 'k3v9q2m8xa',
    position: 1,
    photo: whole,
    widths,
    formats: ['jpeg' as const],
    folderRoots: [inbox],
  };
  return renderPhoto(input, { http, files: diskFiles(join(root, 'files')), pool });
}

const filesIn = (folder: string) => readdir(join(root, 'files', folder)).then((names) => names.sort());

describe('a photo on the web', () => {
  test('What it says of itself is recorded', async () => {
    const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
      xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description><rdf:Alt><rdf:li xml:lang="x-default">Chợ sớm bên sông</rdf:li></rdf:Alt></dc:description>
      <dc:creator><rdf:Seq><rdf:li>Thu An</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>`;
    const body = await flag().jpeg().withXmp(xmp).toBuffer();
    const { words } = await render({}, serving({ body }));
    expect(words).toEqual({ caption: 'Chợ sớm bên sông', credit: 'Thu An', alt: null });
    const silent = await render({ url: 'https://bao.example/2.jpg' }, serving({}));
    expect(silent.words).toBeUndefined();
  });

  test('It is fetched, kept and rendered, and the record says so', async () => {
    const record = await render({ caption: 'Ruộng bậc thang Nà Pheo', credit: 'Hoàng Lam' }, serving({}));
    expect(record).toMatchObject({
      articleId: 'k3v9q2m8xa',
      position: 1,
      url: address,
      width: 800,
      height: 600,
      failure: null,
    });
    expect(record.hash).toMatch(/^[0-9a-f]{32}$/);
    const names = record.renditions.map((rendition) => renditionPath(record.hash!, rendition));
    expect(await filesIn(`photos/${record.hash}`)).toEqual([
      ...names.map((name) => name.split('/').at(-1)),
      'card.jpg',
    ]);
    expect((await filesIn('originals')).map((name) => name.split('.')[1])).toContain('jpg');
  });

  test('Again it costs one conditional request, and the record is the same', async () => {
    const http = serving({});
    const first = await render({}, http);
    expect(await render({}, http)).toEqual(first);
    expect(http.asked.map(({ headers }) => headers?.['if-none-match'])).toEqual([undefined, '"v1"']);
  });

  test('Another caption or credit gives another address, another place in the article does not', async () => {
    const http = serving({});
    const hashes = [{}, { caption: 'Một' }, { caption: 'Hai' }, { credit: 'Hai' }, { alt: 'Hai' }].map((photo) =>
      render(photo, http),
    );
    const found = (await Promise.all(hashes)).map(({ hash }) => hash);
    expect(new Set(found).size).toBe(4);
    expect(found[4]).toBe(found[0]);
  });

  test('An original that was swept is fetched again', async () => {
    await render({}, serving({}));
    await rm(join(root, 'files'), { recursive: true });
    expect(await render({}, serving({}))).toMatchObject({ failure: null });
  });

  test.each<[string, Partial<HttpResponse> | Error, RegExp]>([
    ['404', { status: 404 }, /no picture at its address \(404\)/],
    ['403', { status: 403 }, /refuses/],
    ['a web page', { body: Buffer.from('<!doctype html>Login') }, /web page/],
    [
      'an SVG called .jpg',
      { body: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') },
      /SVG pictures are not accepted/,
    ],
    ['nothing', { body: new Uint8Array() }, /empty/],
    ['too many bytes', new HttpFailure('too-large', 'more than 26214400 bytes', { sent: true }), /larger than 25 MB/],
    [
      'an address that is not allowed',
      new HttpFailure('blocked', '10.0.0.1 is private', { sent: false }),
      /10\.0\.0\.1 is private/,
    ],
  ])('%s is a failure in its record', async (_, answer, reason) => {
    const record = await render({}, serving(answer));
    expect(record).toMatchObject({ hash: null, renditions: [], failure: expect.stringMatching(reason) });
  });

  test.each<[string, Partial<HttpResponse> | Error]>([
    ['503', { status: 503 }],
    ['429', { status: 429 }],
    ['no name server', new HttpFailure('dns', 'no answer', { sent: false })],
    ['a timeout', new HttpFailure('timeout', 'no answer in 60 s', { sent: true })],
  ])('%s is thrown for another try', async (_, answer) => {
    const error = await render({}, serving(answer)).catch((error: unknown) => error);
    expect(isTemporary(error)).toBe(true);
  });

  test('A full disk is thrown for another try, a bug is not worth one', () => {
    expect(isTemporary(Object.assign(new Error('no space'), { code: 'ENOSPC' }))).toBe(true);
    expect(isTemporary(new TypeError('x is undefined'))).toBe(false);
  });

  test('An address of another sort, or none, is a failure', async () => {
    expect((await render({ url: 'data:image/png;base64,AAAA' }, nobody)).failure).toMatch(
      /not one that can be fetched/,
    );
    expect((await render({ url: null }, nobody)).failure).toMatch(/no picture came with it/);
  });
});

describe('a photo beside the article', () => {
  const at = (path: string) => ({ url: pathToFileURL(path).href });

  test('A file in an inbox folder is taken', async () => {
    const path = join(inbox, 'chợ phiên.png');
    await writeFile(path, await flag().png().toBuffer());
    expect(await render(at(path), nobody)).toMatchObject({ width: 800, failure: null });
  });

  test('A file outside the folders is refused, by whatever way it is named', async () => {
    const secret = join(root, 'secret.jpg');
    await writeFile(secret, picture);
    await symlink(secret, join(inbox, 'link.jpg'));
    for (const path of [secret, join(inbox, '../secret.jpg'), join(inbox, 'link.jpg'), inbox]) {
      expect((await render(at(path), nobody)).failure).toMatch(/lies outside the folders/);
    }
    expect((await render({ url: `file://${inbox}/..%2f..%2fetc/passwd` }, nobody)).failure).toMatch(/names no file/);
    expect((await render({ url: 'file://other-host/share/a.jpg' }, nobody)).failure).toMatch(/names no file/);
  });

  test('A file that is not there is a failure that says where to put it', async () => {
    expect((await render(at(join(inbox, 'mat.jpg')), nobody)).failure).toBe(
      'The picture “mat.jpg” is not in the folder; put it beside the article',
    );
  });
});

test('A photo whose child is killed is tried once more in a new one', async () => {
  const results = [
    { kind: 'lost' as const, cause: 'ended' as const, reason: 'gone' },
    { kind: 'refused' as const, reason: 'damaged' },
  ];
  const once: PhotoPool = {
    render: async () => results.shift()!,
    fit: () => Promise.reject(new Error('not asked for')),
    close: async () => {},
  };
  const photo: Photo = { url: address, caption: null, credit: null, alt: null, width: null, height: null };
  const input = { articleId: 'a', position: 0, photo, widths, formats: ['jpeg' as const], folderRoots: [] };
  const record = await renderPhoto(input, { http: serving({}), files: diskFiles(join(root, 'files')), pool: once });
  expect(record.failure).toBe('damaged');
});
