import { type CommandContext, UsageError } from '#src/commands/command.ts';

/** The value of an option that is a whole number from 1 to 10,000. */
export function positiveNumber({ values }: Pick<CommandContext, 'values'>, name: string, fallback: number): number {
  const value = values[name];
  if (value === undefined) return fallback;
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1 && number <= 10_000) return number;
  throw new UsageError(`--${name} must be a whole number from 1 to 10000.`);
}
