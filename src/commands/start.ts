/** `loa start`: the worker and the server, until it is told to stop. */
import { type App, startApp } from '#src/app.ts';
import { chooseSettings } from '#src/commands/choose-settings.ts';
import { type Command, type CommandContext, configOption, UsageError } from '#src/commands/command.ts';
import { startLines } from '#src/commands/start-lines.ts';
import { nearest } from '#src/core/nearest.ts';
import { systemClock } from '#src/ops/clock.ts';
import { createLog, type LogLevel } from '#src/ops/log.ts';
import { type Role, roles } from '#src/queue/roles.ts';

export const start: Command = {
  name: 'start',
  usage: ['start [--config FILE] [--roles web,poll,read,photos,feeds,deliver]'],
  summary: 'runs the worker and the server; without settings, the demo newsroom',
  options: {
    config: configOption,
    roles: { type: 'string', value: 'LIST', help: 'What this process does; all of it by default.' },
    json: { type: 'boolean', help: 'Log in JSON lines, for machines.' },
    verbose: { type: 'boolean', help: 'Log what usually needs no telling.' },
  },
  async run(context) {
    if (context.args.length > 0)
      throw new UsageError(`start takes no "${context.args[0]}".`, { next: 'loa help start' });
    const stopped = whenToldToStop();
    const stopping = new AbortController();
    void stopped.then((signal) => stopping.abort(signal));
    const broken = Promise.withResolvers<null>();
    const chosenRoles = readRoles(context.values['roles']);
    const chosen = await chooseSettings(context, { startDemo: true });
    let app: App | null = null;
    try {
      const log = createLog({
        level: levelOf(context),
        destination: { write: (line) => context.out(line.trimEnd()) },
        human: !context.values['json'],
        timezone: chosen.settings.site.timezone,
      });
      app = await startApp(chosen.settings, {
        log,
        clock: systemClock,
        roles: chosenRoles,
        signal: stopping.signal,
        onServing: (served) => {
          for (const line of startLines(chosen, served)) log[line.secret ? 'show' : 'info'](line.text);
        },
        onBroken: () => broken.resolve(null),
      });
      const signal = await Promise.race([stopped, broken.promise]);
      if (signal === null) return 1;
      log.info(`${signal}: finishing what is under way`);
      return 0;
    } catch (error) {
      // Told to stop while it still waited for a server.
      if (stopping.signal.aborted && error === stopping.signal.reason) return 0;
      throw error;
    } finally {
      await app?.stop();
      await chosen.close();
    }
  },
};

function levelOf({ values }: CommandContext): LogLevel {
  return values['verbose'] ? 'debug' : 'info';
}

function readRoles(given: string | boolean | undefined): Role[] {
  if (typeof given !== 'string') return [...roles];
  return given.split(',').map((name) => {
    const role = roles.find((one) => one === name.trim());
    if (role) return role;
    const near = nearest(name, roles);
    throw new UsageError(`There is no role "${name}"${near ? `: did you mean "${near}"?` : '.'}`, {
      next: `Roles: ${roles.join(', ')}`,
    });
  });
}

/** Resolves with the signal's name. Whoever insists, later, ends the process at once. */
function whenToldToStop(): Promise<string> {
  const told = Promise.withResolvers<string>();
  let first: number | null = null;
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      first ??= performance.now();
      // Ctrl+C under npm comes twice: from the terminal, and from npm, which passes it on.
      if (performance.now() - first > 1000) process.exit(1);
      told.resolve(signal);
    });
  }
  return told.promise;
}
