import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const launcher = readFileSync(new URL('../loa.mjs', import.meta.url), 'utf8');

/** A project whose launcher finds every Node too old, with a brought one that runs `program`. */
function project(program: string | null): string {
  const root = mkdtempSync(join(tmpdir(), 'loa-launcher-'));
  writeFileSync(join(root, 'loa.mjs'), launcher.replace('neededMajor = 26', 'neededMajor = 999'));
  if (program === null) return root;
  mkdirSync(join(root, 'node_modules/.bin'), { recursive: true });
  writeFileSync(join(root, 'program.mjs'), program);
  const brought = join(root, 'node_modules/.bin/node');
  writeFileSync(brought, `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'program.mjs')}" "$@"\n`);
  chmodSync(brought, 0o755);
  return root;
}

function start(root: string, args: string[] = []): ChildProcess {
  return spawn(process.execPath, [join(root, 'loa.mjs'), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
}

async function firstOutput(child: ChildProcess): Promise<string> {
  const [chunk] = (await once(child.stdout!, 'data')) as [Buffer];
  return chunk.toString();
}

const untilSignal = (signal: string) =>
  `process.on('${signal}', () => { console.log('ended by ${signal}'); process.exit(7); });
   setInterval(() => {}, 1000); console.log(process.pid);`;

describe('with a Node that is too old', () => {
  test('the one that came with the project takes over, with arguments and exit code', async () => {
    const child = start(project('console.log(JSON.stringify(process.argv.slice(3))); process.exitCode = 3;'), [
      'check',
      '--json',
    ]);
    expect(JSON.parse(await firstOutput(child))).toEqual(['check', '--json']);
    expect((await once(child, 'close'))[0]).toBe(3);
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s reaches it, and its own ending counts', async (signal) => {
    const child = start(project(untilSignal(signal)));
    await firstOutput(child);
    child.kill(signal);
    expect(await firstOutput(child)).toContain(`ended by ${signal}`);
    expect((await once(child, 'close'))[0]).toBe(7);
  });

  test('when what started it is gone, it ends too', async () => {
    const root = project(untilSignal('SIGTERM'));
    const shell = spawn('/bin/sh', ['-c', `"${process.execPath}" "${join(root, 'loa.mjs')}"; true`], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await firstOutput(shell);
    shell.kill('SIGKILL');
    expect(await firstOutput(shell)).toContain('ended by SIGTERM');
  });

  test('without one it says in one line what to install', async () => {
    const child = start(project(null));
    const [chunk] = (await once(child.stderr!, 'data')) as [Buffer];
    expect(chunk.toString()).toMatch(/^Loa needs Node 999, this is [\d.]+: run "npm ci" .*nodejs\.org\n$/);
    expect((await once(child, 'close'))[0]).toBe(1);
  });
});

test('the launcher holds nothing that a Node of 2020 cannot read', () => {
  expect(launcher).not.toMatch(/\?\.|\?\?|^\s*await |\breplaceAll\b|#[a-z]+\(/m);
});

test('with the right Node the program runs in the same process', () => {
  const output = execFileSync(process.execPath, [new URL('../loa.mjs', import.meta.url).pathname, '--version']);
  expect(output.toString()).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test.skipIf(process.platform === 'win32')(
  '`start` runs with a small young heap, as the process it was started as',
  async () => {
    const root = mkdtempSync(join(tmpdir(), 'loa-launcher-'));
    writeFileSync(join(root, 'loa.mjs'), launcher);
    mkdirSync(join(root, 'src'));
    const main = 'export const run = () => console.log(process.pid, process.execArgv.join());';
    writeFileSync(join(root, 'src/main.ts'), main);
    const child = start(root, ['start']);
    expect(await firstOutput(child)).toBe(`${child.pid} --max-semi-space-size=2\n`);
  },
);
