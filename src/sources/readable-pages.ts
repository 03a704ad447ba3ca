import { UserError } from '#src/core/errors.ts';
import type { SourceTools } from '#src/sources/source.ts';

/** Asks nothing about more pages than that; the rest is asked when it is read. */
const most = 500;

/**
 * The addresses of a list that robots.txt forbids, so that they are left out at once and not one by one. `place`:
 * the list itself; where these are all that it holds and none is allowed, it throws.
 */
export async function forbiddenPages(
  urls: readonly string[],
  place: string,
  isWhole: boolean,
  { robots }: SourceTools,
): Promise<{ forbidden: ReadonlySet<string>; warnings: string[] }> {
  const asked = urls.slice(0, most);
  const forbidden = new Set<string>();
  for (const url of asked) if ((await robots.verdict(url)) === 'forbidden') forbidden.add(url);
  if (forbidden.size === 0) return { forbidden, warnings: [] };
  const { host } = new URL([...forbidden][0]!);
  if (isWhole && forbidden.size === asked.length) {
    throw new UserError(`robots.txt of ${host} does not let Loa read any of the ${asked.length} articles at ${place}`, {
      next: 'Ask whoever runs the site to allow the robot "Loa", or use a feed that holds the whole texts.',
    });
  }
  const warnings = [
    `robots.txt of ${host} does not let Loa read ${forbidden.size} of ${asked.length} articles; they are left out`,
  ];
  return { forbidden, warnings };
}
