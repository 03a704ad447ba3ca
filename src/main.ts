/** The command line. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Command, type CommandContext, UsageError } from '#src/commands/command.ts';
import { commandHelp, help, overview } from '#src/commands/help.ts';
import { commands } from '#src/commands/registry.ts';
import { visible } from '#src/commands/visible.ts';
import { HttpFailure, UserError } from '#src/core/errors.ts';
import { nearest } from '#src/core/nearest.ts';

type Streams = Pick<CommandContext, 'out' | 'err' | 'env' | 'cwd'>;

/** Runs one command in this process and sets its exit code. */
export async function run(argv: readonly string[]): Promise<void> {
  endQuietlyOnClosedPipe();
  process.exitCode = await main(argv, {
    out: (text) => void process.stdout.write(`${visible(text)}\n`),
    err: (text) => void process.stderr.write(`${visible(text)}\n`),
    env: process.env,
    cwd: process.cwd(),
  });
  // A connection that is kept alive must not hold up the end of a command.
  setTimeout(() => process.exit(), 1000).unref();
}

/** Gives the exit code: 0 done, 1 failed, 2 wrong usage. */
export async function main(argv: readonly string[], streams: Streams): Promise<number> {
  try {
    return await dispatch(argv, streams);
  } catch (error) {
    streams.err(describeFailure(error, Boolean(streams.env['LOA_DEBUG'])));
    return error instanceof UsageError ? 2 : 1;
  }
}

async function dispatch([name, ...rest]: readonly string[], streams: Streams): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h') {
    streams.out(await overview());
    return 0;
  }
  if (name === '--version' || name === '-v') {
    streams.out(version());
    return 0;
  }
  const command = await findCommand(name);
  const { args, values } = parseOptions(command, rest);
  if (values['help']) {
    streams.out(commandHelp(command));
    return 0;
  }
  return command.run({ ...streams, args, values });
}

async function findCommand(name: string): Promise<Command> {
  if (name === help.name) return help;
  if (Object.hasOwn(commands, name)) return commands[name]!();
  const names = [...Object.keys(commands), help.name];
  const near = nearest(name, names);
  throw new UsageError(`Unknown command "${name}"${near ? `: did you mean "${near}"?` : '.'}`, {
    next: 'All commands: loa help',
  });
}

function parseOptions(command: Command, argv: readonly string[]): Pick<CommandContext, 'args' | 'values'> {
  const options: Record<string, { type: 'string' | 'boolean'; short?: string }> = {
    help: { type: 'boolean', short: 'h' },
  };
  for (const [name, { type, short }] of Object.entries(command.options)) {
    options[name] = short ? { type, short } : { type };
  }
  try {
    const { positionals, values } = parseArgs({ args: [...argv], options, allowPositionals: true });
    return { args: positionals, values: values as CommandContext['values'] };
  } catch (error) {
    throw new UsageError(optionProblem(error as NodeJS.ErrnoException, Object.keys(options)), {
      next: `How it is used: loa help ${command.name}`,
    });
  }
}

function optionProblem(error: NodeJS.ErrnoException, known: readonly string[]): string {
  if (error.code !== 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return error.message.split('. ')[0]!;
  const option = /'(-{1,2}[^']*)'/.exec(error.message)?.[1] ?? '';
  const near = nearest(option.replace(/^-+/, ''), known);
  return `Unknown option ${option}${near ? `: did you mean --${near}?` : '.'}`;
}

function describeFailure(error: unknown, debug: boolean): string {
  if (error instanceof UserError) return [error.message, error.next].filter(Boolean).join('\n');
  // What the network refuses is nobody's mistake in the program.
  if (error instanceof HttpFailure && !debug) return error.message;
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (debug) return stack;
  const message = error instanceof Error ? error.message : String(error);
  return `Something unexpected failed: ${message}\nWith LOA_DEBUG=1 the place in the program is shown.`;
}

function version(): string {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return (manifest as { version: string }).version;
}

/** `loa article list | head` closes the pipe early: that is no failure. */
function endQuietlyOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit();
      throw error;
    });
  }
}
