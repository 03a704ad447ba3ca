import { pathOf } from '#tests/servers/has.ts';

/** What Playwright is told, to drive the machine's own browser. */
export function browserOptions(): { executablePath: string; args: string[] } {
  // As root, and in containers, Chromium's own sandbox does not start.
  return { executablePath: pathOf('chromium'), args: ['--no-sandbox', '--disable-dev-shm-usage'] };
}
