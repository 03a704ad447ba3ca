/** What a command is: one file each, listed in `registry.ts`. */
import { UserError } from '#src/core/errors.ts';

export interface CommandOption {
  type: 'string' | 'boolean';
  short?: string;
  /** What stands for the value in the help: `FILE`. */
  value?: string;
  help: string;
}

export interface CommandContext {
  /** What follows the command's name and is no option. */
  args: readonly string[];
  values: Readonly<Record<string, string | boolean | undefined>>;
  /** Writes one line, or several, to standard output. */
  out(text: string): void;
  /** The same to standard error: progress and warnings, so that output can be piped. */
  err(text: string): void;
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
}

export interface Command {
  name: string;
  /** Forms of use without `loa`, one per line: `article list [--json]`. */
  usage: readonly string[];
  /** One line in the overview. */
  summary: string;
  options: Readonly<Record<string, CommandOption>>;
  /** Gives the exit code: 0 done, 1 failed. Throws `UserError` (1) or `UsageError` (2). */
  run(context: CommandContext): Promise<number>;
}

/** The command was written wrongly: exit code 2. */
export class UsageError extends UserError {}

export const configOption: CommandOption = {
  type: 'string',
  value: 'FILE',
  help: 'The settings file; otherwise LOA_CONFIG, otherwise config/loa.yaml.',
};

export const jsonOption: CommandOption = { type: 'boolean', help: 'Print one JSON document and nothing else.' };
