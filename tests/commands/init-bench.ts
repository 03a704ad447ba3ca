/** `loa init` on sites that end with the test file; every file it writes is checked. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { parse } from 'yaml';
import { runCommand } from '#tests/fakes/run-command.ts';

export const cwd = mkdtempSync(join(tmpdir(), 'loa-init-'));
const open: { close(): Promise<unknown> }[] = [];
afterAll(async () => {
  await Promise.all(open.map((site) => site.close()));
  rmSync(cwd, { recursive: true });
});

/** Closed with the others at the end. */
export async function kept<T extends { close(): Promise<unknown> }>(site: Promise<T>): Promise<T> {
  const started = await site;
  open.push(started);
  return started;
}

let files = 0;

/** The written file is checked each time. */
export async function init(address: string) {
  const file = `written-${files++}/loa.yaml`;
  const ran = await runCommand(['init', address, '--write', file, '--json'], { cwd });
  if (ran.code !== 0) return { ...ran, told: null, settings: null, text: '' };
  const settings = readFileSync(join(cwd, file), 'utf8');
  expect(await runCommand(['check', '--config', file], { cwd })).toMatchObject({ code: 0 });
  return { ...ran, told: JSON.parse(ran.out), settings: parse(settings), text: settings };
}
