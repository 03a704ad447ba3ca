import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { phraseLanguages, profileNames } from '#config/profiles.ts';
import { emptyRules } from '#src/core/fit-profile.ts';
import { runCommand } from '#tests/fakes/run-command.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/profiles.md'), 'utf8');
const cwd = mkdtempSync(join(tmpdir(), 'loa-profiles-'));
afterAll(() => rmSync(cwd, { recursive: true }));

describe('docs/profiles.md', () => {
  test('shows what really comes of its example', async () => {
    writeFileSync(join(cwd, 'page.html'), block('html'));
    writeFileSync(join(cwd, 'vinh-ha.yaml'), block('yaml', 1));
    const { out, err } = await runCommand(['try', 'page.html', '--profile', './vinh-ha.yaml'], { cwd });
    expect(err).toBe('');
    expect(out).toBe(block('text').trimEnd());
  });

  test('names every profile and language that comes along, and every key', () => {
    const keys = Object.entries(emptyRules()).flatMap(([key, value]) =>
      Array.isArray(value) || typeof value !== 'object' ? key : Object.keys(value).map((inner) => `${key}.${inner}`),
    );
    for (const name of [...profileNames(), 'auto', 'extends', 'languages', ...keys]) {
      expect(page).toMatch(new RegExp(`^\\| \`${RegExp.escape(name)}\` +\\|`, 'm'));
    }
    for (const language of phraseLanguages()) expect(page).toMatch(new RegExp(`languages/\`:[^.]*\\b${language}\\b`));
  });
});

function block(language: string, index = 0): string {
  const blocks = [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))];
  return blocks[index]?.[1] ?? '';
}
