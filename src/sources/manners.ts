/** How Loa behaves on other people's sites. */
import { NotYet } from '#src/core/errors.ts';
import { robotsForbid } from '#src/sources/access-refused.ts';
import type { SourceTools } from '#src/sources/source.ts';

/** Throws where the site's robots.txt does not let Loa read the page. */
export async function heedRobots(url: string, { robots }: SourceTools): Promise<void> {
  const verdict = await robots.verdict(url);
  if (verdict === 'forbidden') throw robotsForbid(url);
  if (verdict === 'unreachable') {
    throw new Error(`${new URL(url).origin}/robots.txt cannot be read, so nobody can tell whether Loa may read ${url}`);
  }
}

/** Keeps the pause that the site asks for. A long one throws `NotYet`, unless the caller is `patient`. */
export async function takeTurn(url: string, tools: SourceTools, { patient = false } = {}): Promise<void> {
  const { robots, clock, signal } = tools;
  for (;;) {
    const { wait, isMine } = await robots.turn(url);
    if (!isMine && !patient) {
      throw new NotYet(`robots.txt of ${new URL(url).host} asks for pauses between requests`, clock.now() + wait);
    }
    if (wait > 0) await clock.sleep(wait, signal);
    if (isMine) return;
  }
}

const minute = 60_000;

/** The least time between two looks at lists, milliseconds: a minute for each list of a site, or as robots.txt asks. */
export async function leastPause(urls: readonly string[], { robots }: SourceTools): Promise<number> {
  const sites = Map.groupBy(urls, (url) => new URL(url).host);
  const pauses = [...sites.values()].map(async (lists) => {
    const asked = await robots.delay(lists[0]!);
    return lists.length * Math.max(asked, isOwnMachine(lists[0]!) ? 0 : minute);
  });
  return Math.max(...(await Promise.all(pauses)));
}

/** Nobody else is disturbed on this machine or within one's own network. */
function isOwnMachine(url: string): boolean {
  const { hostname } = new URL(url);
  return /^(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[::1\]|\[f[cd])|\.(?:localhost|local|internal)$/i.test(
    hostname,
  );
}
