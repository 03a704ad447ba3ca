/** Which words a page is in. */
import { english, type Words } from '#src/console/words-en.ts';
import { vietnamese } from '#src/console/words-vi.ts';

export const tables: readonly Words[] = [english, vietnamese];

/** The first wanted language that has words (`vi-VN` takes `vi`), else the site's own, else English. */
export function chooseWords(wanted: readonly string[], site: string): Words {
  for (const language of [...wanted, site]) {
    const base = language.toLowerCase().split('-')[0];
    const found = tables.find((words) => words.language === base);
    if (found) return found;
  }
  return english;
}
