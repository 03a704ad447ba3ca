import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort, inFolder, loa, startLoa } from '#tests/e2e/loa.ts';
import { withBench } from '#tests/e2e/newsroom-bench.ts';

const minimal = (port: number, more = '') => `
site: { name: Báo Thử, url: https://bao.example, language: vi, timezone: Asia/Ho_Chi_Minh }
listen: 127.0.0.1:${port}
${more}`;

test('a port in use is one clear line and exit 1', () =>
  inFolder(async (cwd) => {
    const port = await freePort();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    try {
      await writeFile(join(cwd, 'my.yaml'), minimal(port));
      const { code, stdout, stderr } = await loa(['start', '--config', 'my.yaml'], { cwd });
      expect(code).toBe(1);
      expect(stderr).toContain(`Port ${port} on 127.0.0.1 is in use`);
      expect(stderr).not.toContain('    at ');
      expect(stdout).toBe('');
    } finally {
      other.close();
    }
  }));

test('a second process on the same data folder is refused and disturbs nothing', () =>
  withBench([], async (bench) => {
    const running = await bench.start();
    const { code, stderr } = await loa(['start', '--config', 'my.yaml'], { cwd: bench.folder });
    expect(code).toBe(1);
    expect(stderr).toContain('in use by another Loa process');
    expect((await bench.get('/healthz')).status).toBe(200);
    running.kill('SIGTERM');
    expect(await running.ended).toBe(0);
  }));

test('a data folder that cannot be one is named', () =>
  inFolder(async (cwd) => {
    await writeFile(join(cwd, 'data'), 'a file where the folder should be');
    await writeFile(join(cwd, 'my.yaml'), minimal(await freePort()));
    const { code, stderr } = await loa(['start', '--config', 'my.yaml'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain(join(cwd, 'data'));
    expect(stderr).not.toContain('    at ');
  }));

test('a database that does not open is named with the newest backup, and left as it is', () =>
  inFolder(async (cwd) => {
    await mkdir(join(cwd, 'data/db'), { recursive: true });
    await mkdir(join(cwd, 'data/backups'), { recursive: true });
    await writeFile(join(cwd, 'data/db/PG_VERSION'), '17\n');
    await writeFile(join(cwd, 'data/backups/ledger-2026-11-25T01-00-00Z.jsonl.gz'), '');
    await writeFile(join(cwd, 'my.yaml'), minimal(await freePort()));
    const { code, stderr } = await loa(['start', '--config', 'my.yaml'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain('data/db');
    expect(stderr).toContain('ledger-2026-11-25T01-00-00Z.jsonl.gz');
  }));

test('every mistake in the settings is told at once, with its place and the nearest key', () =>
  inFolder(async (cwd) => {
    await writeFile(join(cwd, 'my.yaml'), minimal(8080, 'chanels: []\nphotos: { widths: [0] }\n'));
    for (const command of ['check', 'start']) {
      const { code, stderr } = await loa([command, '--config', 'my.yaml'], { cwd });
      expect(code).toBe(1);
      expect(stderr).toMatch(/my\.yaml:4:1.*chanels.*channels/);
      expect(stderr).toMatch(/my\.yaml:5:\d+.*widths/);
    }
  }));

test('a settings file that was named but is not there is an error, never the demo', () =>
  inFolder(async (cwd) => {
    const { code, stderr } = await loa(['start', '--config', 'nowhere.yaml'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toContain('nowhere.yaml');
  }));

test('told to stop while it waits for a database server that is away, it ends at once', () =>
  inFolder(async (cwd) => {
    const port = await freePort();
    const database = `postgres://loa:geheim@127.0.0.1:${port}/loa`;
    await writeFile(join(cwd, 'my.yaml'), `site: { name: A, url: https://a.example }\ndatabase: "${database}"\n`);
    const running = startLoa(['start', '--config', 'my.yaml'], { cwd });
    const [line] = await running.printed(/The database at .*/);
    expect(line).toContain(`127.0.0.1:${port} cannot be reached: nothing listens there`);
    running.kill('SIGTERM');
    expect(await running.ended).toBe(0);
    expect(running.output()).not.toContain('geheim');
  }));
