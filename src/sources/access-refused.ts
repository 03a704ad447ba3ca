import { UserError } from '#src/core/errors.ts';

/** A page that its site does not let Loa read: asking again does not help, asking a person may. */
export class AccessRefused extends UserError {}

/** `place`: the page's address, or a site's. */
export function robotsForbid(place: string): AccessRefused {
  return new AccessRefused(`robots.txt of ${new URL(place).host} does not let Loa read ${place}`, {
    next: 'Ask whoever runs the site to allow the robot "Loa" there, or use a feed that holds the whole texts.',
  });
}

/** What stands in the page's place, as `a login`. */
export function wallInstead(place: string, what: string): AccessRefused {
  return new AccessRefused(`${place} shows ${what} instead of the page`, {
    next: 'Ask whoever runs the site to let the robot "Loa" in, or use a feed that holds the whole texts.',
  });
}
