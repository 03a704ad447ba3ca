/** When the demo desk began and where its site stood: a restart finds the same site with the same addresses. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
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

export async function writeDemoState(data: string, state: DemoState): Promise<void> {
  await mkdir(data, { recursive: true });
  await writeFile(join(data, 'demo.json'), `${JSON.stringify(state)}\n`);
}
