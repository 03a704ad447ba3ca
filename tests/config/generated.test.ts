import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type JsonSchema, toJsonSchema } from '#config/json-schema.ts';
import { load } from '#config/load.ts';
import { settingsFile } from '#config/schema.ts';
import { defaultsYaml } from '#config/write-defaults.ts';
import { generatedFiles } from '#src/commands/docs.ts';

const kinds = { sources: [], channels: [] };
const fromRoot = (name: string) => new URL(`../../${name}`, import.meta.url);

describe('the file of defaults', () => {
  test('changes nothing: its values are what is taken when they are left out', () => {
    const { site, ...rest } = parse(defaultsYaml()) as { site: { name: string; url: string } };
    const options = { file: '/srv/loa.yaml', env: {}, kinds, profiles: [], cwd: '/srv' };
    const short = JSON.stringify({ site: { name: site.name, url: site.url } });
    const full = JSON.stringify({ site, ...rest });
    expect(load({ ...options, text: full }).settings).toEqual(load({ ...options, text: short }).settings);
  });

  test('names every key with a sentence', () => {
    const text = defaultsYaml();
    const walk = (schema: JsonSchema): void => {
      for (const [name, inner] of Object.entries(schema.properties ?? {})) {
        expect(text).toMatch(new RegExp(`^[# -]*${name}:`, 'm'));
        expect(inner.description, name).toMatch(/[.]$/);
        expect(text).toContain(inner.description);
        walk(inner);
        if (inner.items) walk(inner.items);
      }
    };
    walk(toJsonSchema(settingsFile));
  });
});

test.each(Object.entries(generatedFiles()))('%s is up to date (npm run docs)', (name, text) => {
  expect(existsSync(fromRoot(name)) ? readFileSync(fromRoot(name), 'utf8') : null).toBe(text);
});
