import { expect, test } from 'vitest';
import { loa } from '#tests/e2e/loa.ts';
import { withBench } from '#tests/e2e/newsroom-bench.ts';
import { story } from '#tests/fakes/newsroom.ts';

const places = ['Nà Hin', 'Pá Hu', 'Suối Cạn', 'Bản Chặng', 'Mường La', 'Nà Pan', 'Hồ Thẳm', 'Chiềng Xôm'];

const told = (n: number, publishedAt = Date.now() - 1000) =>
  story(`tin-${n}`, { headline: `Bản ${places[n % 8]} khánh thành trạm bơm thứ ${n}`, captions: [], publishedAt });

test('a burst waits for a person across a kill, and changed ids for another', () =>
  withBench([told(0), told(1), told(2), told(3), told(4), told(5)], async (bench) => {
    const { newsroom, receiver, folder } = bench;
    const command = async (...args: string[]) => {
      const { code, stdout, stderr } = await loa([...args, '--json', '--config', 'my.yaml'], { cwd: folder });
      expect({ code, stderr }, args.join(' ')).toEqual({ code: 0, stderr: '' });
      return JSON.parse(stdout);
    };
    const held = async () => (await command('source', 'list')).sources[0].held;
    const entries = async () => ((await (await bench.get('/feeds/latest.json')).json()) as any).items.length;
    const posted = () => [...receiver.events.values()].map((event: any) => event.data.title);

    const first = await bench.start();
    await bench.until(async () => (await entries()) === 6);
    newsroom.stories.unshift(...Array.from({ length: 12 }, (_, n) => told(10 + n, Date.now() - 60_000 + n * 1000)));
    await first.printed(/12 new articles at once/);
    await bench.until(async () => (await entries()) === 18);
    expect(posted()).toEqual([]);

    first.kill('SIGKILL');
    await first.ended;
    const second = await bench.start();
    expect(await held()).toEqual({ shift: 0, burst: 12 });
    newsroom.stories.unshift(told(30));
    await bench.until(async () => posted().length === 1);
    expect(posted()).toEqual(['Bản Hồ Thẳm khánh thành trạm bơm thứ 30']);

    // What the killed worker was reading is read once its job is found to have stalled.
    const decided = await bench.until(() => command('source', 'newest', 'portal', '2'));
    expect(decided.source).toMatchObject({ posts: 2, skipped: 10 });
    await bench.until(async () => posted().length === 3);
    expect(
      posted()
        .slice(1)
        .map((title) => title.split(' ').at(-1))
        .sort(),
    ).toEqual(['20', '21']);
    expect(await held()).toEqual({ shift: 0, burst: 0 });

    newsroom.stories = newsroom.stories.map((one) => ({ ...one, guid: `urn:moi:${one.slug}` }));
    newsroom.stories.unshift(told(40));
    await second.printed(/19 stories renamed, 1 really new/);
    expect(await held()).toEqual({ shift: 20, burst: 0 });
    await bench.until(async () => (await entries()) === 19);
    expect((await command('source', 'fold', 'portal')).source).toMatchObject({ renamed: 19, fresh: 1 });
    await bench.until(async () => posted().length === 4);
    await bench.until(async () => (await entries()) === 20);
    expect(posted()[3]).toContain('thứ 40');
    expect(await held()).toEqual({ shift: 0, burst: 0 });

    const trace = await command('article', 'trace', 'urn:moi:tin-3');
    expect(trace.lines.map(({ text }: { text: string }) => text).join('\n')).toContain(
      'a person said that its ids changed',
    );
  }));
