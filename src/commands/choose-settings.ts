/** The operator's settings, or the demo newsroom's where there are none. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Loaded } from '#config/load.ts';
import type { CommandContext } from '#src/commands/command.ts';
import { isFileNamed, loadSettings, settingsFile } from '#src/commands/settings.ts';
import type { Settings } from '#src/core/settings.ts';
import type { DeskPlan } from '#src/demo/desk.ts';
import { type Newsroom, startNewsroom } from '#src/demo/newsroom.ts';
import { readDemoState, writeDemoState } from '#src/demo/state.ts';
import { systemClock } from '#src/ops/clock.ts';

export interface Chosen extends Loaded {
  /** Null with settings of the operator's own. */
  demo: { newsroom: Newsroom | null; plan: DeskPlan } | null;
  /** Ends the demo's site. */
  close(): Promise<void>;
}

type Context = Pick<CommandContext, 'values' | 'env' | 'cwd'>;

const demoFolder = join(import.meta.dirname, '../../config/demo');
const seconds = 1000;

/**
 * With `startDemo` the demo's own site is started too. A file that was named (`--config`, LOA_CONFIG) but is not there
 * is an error, never the demo.
 */
export async function chooseSettings(context: Context, options: { startDemo: boolean }): Promise<Chosen> {
  if (isFileNamed(context) || existsSync(resolve(context.cwd, settingsFile(context)))) {
    return { ...loadSettings(context), demo: null, close: async () => {} };
  }
  return chooseDemo(context, options.startDemo);
}

async function chooseDemo(context: Context, starting: boolean): Promise<Chosen> {
  const plan = deskPlan(context.env);
  const data = resolve(context.cwd, 'data/demo');
  const state = await readDemoState(data);
  const newsroom = starting ? await openNewsroom(data, plan, state) : null;
  const site = newsroom?.url ?? `http://127.0.0.1:${state?.port ?? 80}`;
  try {
    const env = { LOA_DEMO_LISTEN: '127.0.0.1:8080', ...context.env, LOA_DEMO_SITE: site };
    const { settings, warnings } = loadSettings({ ...context, env }, join(demoFolder, 'loa.yaml'));
    const demo = { newsroom, plan };
    return { settings: allowOwnSite(settings), warnings, demo, close: async () => newsroom?.close() };
  } catch (error) {
    await newsroom?.close();
    throw error;
  }
}

/** At the port of the last time, so that its articles keep their addresses; at any other when that one is taken. */
async function openNewsroom(
  data: string,
  plan: DeskPlan,
  state: { startedAt: number; port: number } | null,
): Promise<Newsroom> {
  const keep = (startedAt: number): void => writeDemoState(data, { startedAt, port: newsroom.port });
  const startedAt = state?.startedAt ?? null;
  const options = { folder: demoFolder, plan, startedAt, onBegin: keep, clock: systemClock };
  const newsroom = await startNewsroom({ ...options, port: state?.port ?? 0 }).catch((error) => {
    if (error.code !== 'EADDRINUSE') throw error;
    return startNewsroom({ ...options, port: 0 });
  });
  if (startedAt !== null) keep(startedAt);
  return newsroom;
}

/** `LOA_DEMO_EVERY`: seconds between two new articles, for who cannot wait. */
function deskPlan(env: Context['env']): DeskPlan {
  const every = Number(env['LOA_DEMO_EVERY']) || 20;
  return {
    baseline: 6,
    every: every * seconds,
    correctAfter: every * 1.5 * seconds,
    withdrawAfter: every * 2.5 * seconds,
  };
}

function allowOwnSite(settings: Settings): Settings {
  return { ...settings, network: { ...settings.network, allow: [...settings.network.allow, '127.0.0.1/32'] } };
}
