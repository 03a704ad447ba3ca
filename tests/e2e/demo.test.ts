import { expect, test } from 'vitest';
import { freePort, inFolder, loa, startLoa } from '#tests/e2e/loa.ts';
import { signIn } from '#tests/e2e/sign-in.ts';

test('without settings the demo newsroom runs: six old articles, then new ones, a correction and a withdrawal', () =>
  inFolder(async (cwd) => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const env = { LOA_DEMO_LISTEN: `127.0.0.1:${port}`, LOA_DEMO_EVERY: '12' };
    const running = startLoa(['start'], { cwd, env });
    await running.printed(
      /DEMO: there is no config\/loa\.yaml, so a sample newsroom runs at http:\/\/127\.0\.0\.1:\d+/,
    );
    await running.printed(new RegExp(`feeds +${url}/feeds`));
    await running.printed(new RegExp(`console +${url}/console/sign-in\\?token=[\\w-]{43}`));
    await running.printed(new RegExp(`board +${url}/board/board`));
    await running.printed(/watching +demo .*\/rss/);
    await running.printed(/nothing old will be posted/);

    await running.printed(/new article "Mưa lớn, ngầm Suối Thẩm ngập 80 cm.*": 2 feeds, 2 photos, posted to board, /);
    await running.printed(
      /changed article "Mưa lớn, ngầm Suối Thẩm ngập 60 cm.*" \(headline, lead, text\): .*corrected on board/,
    );
    await running.printed(/withdrawn "Lịch tạm ngừng cấp điện/);
    await running.printed(/new article "River boats keep going after dark.*": 1 feed, 1 photo, posted to board/);

    const headers = { cookie: await signIn(running) };
    const board = await (await fetch(`${url}/board/board`, { headers })).text();
    expect(board).toContain('ngập 60 cm');
    expect(board).not.toContain('Lịch tạm ngừng cấp điện');
    expect(board).not.toContain('Mùa vàng trên ruộng bậc thang');
    const feed: any = await (await fetch(`${url}/feeds/latest.json`)).json();
    const titles = feed.items.map((item: any) => item.title);
    expect(titles).toContain('Mùa vàng trên ruộng bậc thang Nậm Khoang');
    expect(feed.items[0]._photos[0].caption).toBeTruthy();

    const listed = await loa(['article', 'list', '--json'], { cwd, env });
    const articles: any[] = JSON.parse(listed.stdout).articles;
    expect(articles.filter((article) => article.state === 'withdrawn')).toHaveLength(1);
    const old = articles.find((article) => article.headline.startsWith('Mùa vàng'));
    const trace = await loa(['article', 'trace', old.id], { cwd, env });
    expect(trace.code).toBe(0);
    expect(trace.stdout).toContain('stood there before Loa began watching');

    running.kill('SIGTERM');
    expect(await running.ended).toBe(0);
  }));
