/** Runs a command line within the test's own process. */
import { main } from '#src/main.ts';

export interface Ran {
  code: number;
  out: string;
  err: string;
}

export async function runCommand(
  argv: readonly string[],
  { env = {}, cwd = process.cwd() }: { env?: Record<string, string>; cwd?: string } = {},
): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(argv, { out: (text) => void out.push(text), err: (text) => void err.push(text), env, cwd });
  return { code, out: out.join('\n'), err: err.join('\n') };
}
