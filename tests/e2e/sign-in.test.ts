import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort, inFolder, loa, startLoa } from '#tests/e2e/loa.ts';
import { signIn } from '#tests/e2e/sign-in.ts';

test('who has a link gets in, on every address of the machine, and stays in over a restart', () =>
  inFolder(async (cwd) => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const site = 'site: { name: Báo Thử, url: "https://bao.example", language: vi, timezone: Asia/Ho_Chi_Minh }';
    await writeFile(join(cwd, 'my.yaml'), `${site}\nlisten: 0.0.0.0:${port}\npublicUrl: ${url}\n`);
    const args = ['--config', 'my.yaml'];
    const without = await loa(['sign-in', ...args], { cwd });
    expect([without.code, without.stderr]).toEqual([
      1,
      'Loa does not run here, so there is no console to sign in to.\nStart it: npm start. It prints a link.\n',
    ]);

    const first = startLoa(['start', '--json', ...args], { cwd });
    const cookie = await signIn(first);
    await first.printed(/"warning: my\.yaml:2:9: the console at 0\.0\.0\.0 is reached by plain http/);
    const console = (headers: Record<string, string>) => fetch(`${url}/console`, { headers, redirect: 'manual' });
    expect((await console({ cookie })).status).toBe(200);
    expect((await console({})).status).toBe(401);

    const asked = await loa(['sign-in', ...args], { cwd });
    expect(asked.stdout).toMatch(new RegExp(`^${url}/console/sign-in\\?token=[\\w-]{43}\n$`));
    const opened = async (link: string) => (await fetch(link, { redirect: 'manual' })).status;
    expect(await opened(asked.stdout.trim())).toBe(303);
    expect(await opened(asked.stdout.trim())).toBe(400);
    first.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    const lines = first.output().trim().split('\n');
    expect(lines.filter((line) => /token=[\w-]{43}/.test(line))).toHaveLength(1);
    for (const line of lines) JSON.parse(line);

    const second = startLoa(['start', ...args], { cwd });
    expect(await signIn(second)).not.toBe(cookie);
    expect((await console({ cookie })).status).toBe(200);
    second.kill('SIGTERM');
    expect(await second.ended).toBe(0);
  }));
