import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { backends } from '#tests/e2e/backends.ts';
import { loa, type Running } from '#tests/e2e/loa.ts';
import { sharedBench } from '#tests/e2e/newsroom-bench.ts';
import { story } from '#tests/fakes/newsroom.ts';

/** The tests of one worker one after the other, the workers side by side. */
const one = { concurrent: false };

describe.concurrent.for(backends)('on $name', (backend) => {
  let running: Running;
  const shared = sharedBench(
    () => [story('cu-nhat')],
    async (bench) => {
      running = await bench.start();
      await bench.until(async () => ((await (await bench.get('/feeds/latest.json')).json()) as any).items.length === 1);
    },
    { backend },
  );
  /** What the receiver is told from now on. */
  const toldSince = () => {
    const { events } = shared().receiver;
    const before = new Set(events.keys());
    return () => [...events].filter(([id]) => !before.has(id)).map(([, event]) => event);
  };

  test(
    'a newly published article becomes feed entries, captioned photos and posts; an old one only entries',
    one,
    async () => {
      const bench = shared();
      const entries = async () => ((await (await bench.get('/feeds/latest.json')).json()) as any).items;

      bench.newsroom.stories.unshift(story('moi', { publishedAt: Date.now() - 1000 }));
      const line = await running.printed(/new article "Khánh thành trạm bơm moi": .*/);
      expect(line[0]).toMatch(
        /2 feeds, 2 photos, posted to (board, posted to partner|partner, posted to board), [\d.]+ m?s/,
      );

      const [entry] = await entries();
      expect(entry.authors).toEqual([{ name: 'Thu An' }, { name: 'Quốc Bảo' }]);
      expect(entry._photos).toMatchObject([
        { caption: 'Người dân thử nước tại bể chứa.', credit: 'Thu An', width: 640, height: 480 },
        { caption: 'Trạm bơm nhìn từ cầu treo.', credit: 'Quốc Bảo' },
      ]);
      expect(entry.content_html).not.toContain('Các tin khác');
      const photo = await fetch(entry._photos[0].url);
      expect(photo.headers.get('content-type')).toBe('image/jpeg');
      expect((await photo.bytes()).slice(0, 2)).toEqual(new Uint8Array([0xff, 0xd8]));

      const [event] = [...bench.receiver.events.values()];
      expect(bench.receiver.events.size).toBe(1);
      expect(event).toMatchObject({ type: 'article.published', data: { title: 'Khánh thành trạm bơm moi' } });
      const board = await (await bench.get('/board/board')).text();
      expect(board).toContain('Khánh thành trạm bơm moi');
      expect(board).not.toContain('cu-nhat');

      const console = await (await bench.get('/console?lang=en')).text();
      expect(console).toContain('stood there before Loa began watching');
    },
  );

  test('an edit corrects the posts, a withdrawal takes them back and out of the feeds', one, async () => {
    const bench = shared();
    const told = toldSince();
    bench.newsroom.stories.unshift(story('sua', { publishedAt: Date.now() }));
    await running.printed(/new article "Khánh thành trạm bơm sua".* posted to partner/);

    bench.newsroom.stories[0] = { ...bench.newsroom.stories[0]!, headline: 'Trạm bơm sua cấp nước cho 290 hộ' };
    await running.printed(/changed article "Trạm bơm sua cấp nước cho 290 hộ" \(headline/);
    await bench.until(async () => told().some(({ type }) => type === 'article.updated'));
    await bench.until(async () => (await (await bench.get('/board/board')).text()).includes('290 hộ'));

    bench.newsroom.stories.shift();
    bench.newsroom.gone.add('sua');
    await running.printed(/withdrawn "Trạm bơm sua cấp nước cho 290 hộ"/);
    await bench.until(async () => told().some(({ type }) => type === 'article.retracted'));
    await bench.until(async () => !(await (await bench.get('/board/board')).text()).includes('290 hộ'));
    const rss = await (await bench.get('/feeds/latest.rss')).text();
    expect(rss).not.toContain('290 hộ');
    expect(told().map(({ type }) => type)).toEqual(['article.published', 'article.updated', 'article.retracted']);
  });

  test('a drop folder takes texts, files them away, and tells what is wrong with one', one, async () => {
    const bench = shared();
    const inbox = join(bench.folder, 'inbox');
    await writeFile(join(inbox, 'truoc.md'), '---\ntitle: Tin có trước\n---\nMột đoạn văn đủ dài để đọc được.\n');
    await bench.until(async () => (await readdir(join(inbox, 'done'))).includes('truoc.md'));
    await writeFile(join(inbox, 'hong.md'), '---\ntitle: [chưa đóng\n---\nThân bài.\n');
    await bench.until(async () => (await readdir(join(inbox, 'failed'))).includes('hong.md.error.json'));
    const told = JSON.parse(await readFile(join(inbox, 'failed', 'hong.md.error.json'), 'utf8'));
    expect(told.file).toBe('hong.md');
    expect(told.error).toMatch(/line \d/);
    expect(running.output()).toContain('hong.md');
  });

  test(
    'a photo that is missing and a receiver that fails cost themselves only, and say when they are tried again',
    one,
    async () => {
      const bench = shared();
      const told = toldSince();
      const asked = bench.receiver.record.length;
      bench.newsroom.broken.set('/photo/thieu-0.jpg', 404);
      bench.receiver.misbehave({ status: 500 });
      bench.newsroom.stories.unshift(story('thieu', { publishedAt: Date.now() }));
      await running.printed(/photo .*thieu-0\.jpg.*404/);
      await running.printed(/partner not reached: .*500.*next try at \d\d:\d\d:\d\d/);
      await running.printed(/new article "Khánh thành trạm bơm thieu": 2 feeds, 1 photo, 1 photo left out/);
      await bench.until(async () => told().length === 1);
      const ids = new Set(bench.receiver.record.slice(asked).map((one) => one.id));
      expect(ids.size).toBe(1);
      const { stdout } = await loa(['delivery', 'list', '--json', '--config', 'my.yaml'], { cwd: bench.folder });
      const onBoard = JSON.parse(stdout).deliveries.filter((row: any) => row.channel === 'board');
      // Newest first; what stood there at the first look was not posted.
      expect([onBoard.at(0).state, onBoard.at(-1).state]).toEqual(['sent', 'skipped']);
    },
  );

  test('told to stop, it ends in good order', one, async () => {
    running.kill('SIGTERM');
    expect(await running.ended).toBe(0);
  });
});
