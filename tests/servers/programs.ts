/** The programs that tests need beyond npm: where they are, and which Debian package brings each. */
import { accessSync, constants, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Program {
  name: 'redis' | 'postgres' | 'chromium';
  /** What Debian calls it. */
  packages: string[];
  /** The tests that are left out without it. */
  suites: string;
  /** Its path; null when it is not here. */
  find(): string | null;
}

export const programs: readonly Program[] = [
  {
    name: 'redis',
    packages: ['redis-server'],
    suites: 'queues and end to end on Redis',
    find: () => firstOf(onPath('redis-server'), onPath('valkey-server')),
  },
  {
    name: 'postgres',
    packages: ['postgresql'],
    suites: 'ledger, queues and end to end on a PostgreSQL server',
    // Debian keeps the server's own programs off the path; the newest version last.
    find: () => firstOf(globSync('/usr/lib/postgresql/*/bin/postgres').sort().reverse(), onPath('postgres')),
  },
  {
    name: 'chromium',
    // Debian's Chromium brings no letters of its own.
    packages: ['chromium', 'fonts-dejavu-core'],
    suites: 'pages in a real browser',
    find: () =>
      firstOf(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].flatMap(onPath), [
        '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      ]),
  },
];

function onPath(name: string): string[] {
  return (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name));
}

function firstOf(...paths: string[][]): string | null {
  return paths.flat().find(isProgram) ?? null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
