/** Where the worker of a settings file is, whatever else in the file is wrong. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { parseSettingsText, plainValues } from '#config/document.ts';
import { timezone } from '#config/fields.ts';
import { fillPlaceholders } from '#config/fill.ts';
import { Findings } from '#config/mistakes.ts';

export interface Place {
  /** Absolute path of the data folder. */
  data: string;
  timezone: string;
}

const placed = z.object({
  data: z.string().min(1).default('./data'),
  site: z.object({ timezone: timezone.catch('UTC') }).catch({ timezone: 'UTC' }),
});

/** Null where the file is no YAML, or cannot be read. */
export function findPlace(
  file: string,
  { env, cwd }: { env: Readonly<Record<string, string | undefined>>; cwd: string },
): Place | null {
  const path = resolve(cwd, file);
  try {
    const document = parseSettingsText(readFileSync(path), file);
    fillPlaceholders(document, { env, folder: dirname(path), findings: new Findings(document.locate) });
    const { data, site } = placed.parse(plainValues(document, file));
    return { data: resolve(cwd, data), timezone: site.timezone };
  } catch {
    return null;
  }
}
