/**
 * Before the tests: finds the servers and the browser they need, installs what is missing where it may, or says so, and
 * makes the ledger that they copy.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { makeLedgerTemplate } from '#tests/servers/ledger-template.ts';
import { type Program, programs } from '#tests/servers/programs.ts';

export function setup(): Promise<() => void> {
  findPrograms();
  return makeLedgerTemplate();
}

function findPrograms(): void {
  const missing = programs.filter((program) => program.find() === null);
  if (missing.length === 0) return;
  const isDebianRoot = process.getuid?.() === 0 && existsSync('/etc/debian_version');
  const left = isDebianRoot ? install(missing) : missing;
  if (left.length === 0) return;

  const lines = left.map((program) => `  ${program.name}: ${program.suites}`);
  const text = `Left out, as this machine lacks what they need:\n${lines.join('\n')}\nTo run them: ${howToInstall(left)}`;
  // In CI a green run must mean that everything ran.
  if (process.env['CI']) throw new Error(text);
  console.warn(`\n${text}\n`);
}

/** What could not be installed. */
function install(missing: Program[]): Program[] {
  const packages = missing.flatMap((program) => program.packages);
  console.log(`\nInstalling for the tests, with apt-get: ${packages.join(', ')} …`);
  apt('update');
  apt('install', '--yes', '--no-install-recommends', ...packages);
  return missing.filter((program) => program.find() === null);
}

function apt(...args: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Another test run, or the machine's own updates, may be installing just now.
  const all = ['-o', 'DPkg::Lock::Timeout=300', ...args];
  const { status, stderr, stdout } = spawnSync('apt-get', all, { env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (status !== 0) console.warn(`apt-get ${args[0]} failed:\n${`${stdout ?? ''}${stderr ?? ''}`.slice(-2000)}`);
}

function howToInstall(left: readonly Program[]): string {
  const packages = left.flatMap((program) => program.packages);
  if (process.platform === 'darwin') return 'brew install redis postgresql, and Google Chrome';
  return `sudo apt-get install ${packages.join(' ')}  (or your system's packages of these names)`;
}
