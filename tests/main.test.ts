import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Command } from '#src/commands/command.ts';
import { commands } from '#src/commands/registry.ts';
import { UserError } from '#src/core/errors.ts';
import { main } from '#src/main.ts';
import { runCommand } from '#tests/fakes/run-command.ts';

const failing = (error: unknown): Command => ({
  name: 'check',
  usage: ['check'],
  summary: 'fails',
  options: {},
  run: async () => {
    throw error;
  },
});

afterEach(() => vi.restoreAllMocks());

describe('help', () => {
  test('loa alone, help and --help show every command', async () => {
    for (const argv of [[], ['help'], ['--help'], ['-h']]) {
      const { code, out } = await runCommand(argv);
      expect(code).toBe(0);
      for (const name of Object.keys(commands)) expect(out).toMatch(new RegExp(`^  ${name} +[a-z]`, 'm'));
    }
  });

  test('every command says how it is used, with all its options', async () => {
    for (const [name, load] of Object.entries(commands)) {
      const command = await load();
      expect(command.name).toBe(name);
      const { code, out } = await runCommand(['help', name]);
      expect(code).toBe(0);
      expect(out).toContain(`loa ${command.usage[0]}`);
      for (const option of Object.keys(command.options)) expect(out).toContain(`--${option}`);
      expect((await runCommand([name, '--help'])).out).toBe(out);
    }
  });
});

describe('wrong usage ends with 2 and one step to take', () => {
  test('an unknown command names the nearest one', async () => {
    expect(await runCommand(['chekc'])).toEqual({
      code: 2,
      out: '',
      err: 'Unknown command "chekc": did you mean "check"?\nAll commands: loa help',
    });
    expect(await runCommand(['constructor'])).toMatchObject({ code: 2 });
  });

  test('an unknown option names the nearest one', async () => {
    expect(await runCommand(['check', '--confg', 'x'])).toEqual({
      code: 2,
      out: '',
      err: 'Unknown option --confg: did you mean --config?\nHow it is used: loa help check',
    });
  });

  test('an option without its value is told', async () => {
    const { code, err } = await runCommand(['check', '--config']);
    expect(code).toBe(2);
    expect(err).toContain('--config');
    expect(err.split('\n')).toHaveLength(2);
  });
});

describe('failures', () => {
  const fail = async (error: unknown, env = {}) => {
    const lines: string[] = [];
    vi.spyOn(commands, 'check' as never).mockResolvedValue(failing(error) as never);
    const streams = { out: () => {}, err: (text: string) => void lines.push(text), env, cwd: process.cwd() };
    return { code: await main(['check'], streams), err: lines.join('\n') };
  };

  test('what a person must mend is told with the next step and without a stack', async () => {
    expect(await fail(new UserError('The disk is full.', { next: 'Make room.' }))).toEqual({
      code: 1,
      err: 'The disk is full.\nMake room.',
    });
  });

  test('anything else is told with its message; its stack only when asked for', async () => {
    const { code, err } = await fail(new TypeError('x is no function'));
    expect(code).toBe(1);
    expect(err).toContain('x is no function');
    expect(err).not.toContain('at ');
    expect((await fail(new TypeError('x'), { LOA_DEBUG: '1' })).err).toContain('main.test.ts');
  });
});

test('a reader that closes the pipe early is no failure', async () => {
  const launcher = fileURLToPath(new URL('../loa.mjs', import.meta.url));
  const child = spawn('/bin/sh', ['-c', `"${process.execPath}" "${launcher}" help | true; echo done`], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let err = '';
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  await once(child, 'close');
  expect(err).toBe('');
});
