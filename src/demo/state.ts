/** When the demo desk began and where its site stood: a restart finds the same site with the same addresses. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface DemoState {
  startedAt: number;
  port: number;
}

export async function readDemoState(data: string): Promise<DemoState | null> {
  try {
    const state = JSON.parse(await readFile(join(data, 'demo.json'), 'utf8'));
    return Number.isInteger(state.startedAt) && Number.isInteger(state.port) ? state : null;
  } catch {
    return null;
  }
}

export function writeDemoState(data: string, state: DemoState): void {
  mkdirSync(data, { recursive: true });
  writeFileSync(join(data, 'demo.json'), `${JSON.stringify(state)}\n`);
}
