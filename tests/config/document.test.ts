import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { load } from '#config/load.ts';
import { mistakeLine, SettingsError } from '#config/mistakes.ts';
import { UserError } from '#src/core/errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'loa-settings-'));
const good = 'site: { name: Báo Thử, url: https://a.example, timezone: UTC }\n';

function loadBytes(content: string | Uint8Array) {
  const file = join(folder, 'loa.yaml');
  writeFileSync(file, content);
  return load({ file, env: {}, kinds: { sources: [], channels: [] }, profiles: [], cwd: folder });
}

function lines(content: string | Uint8Array): string[] {
  try {
    loadBytes(content);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.mistakes.map(mistakeLine);
    throw error;
  }
}

describe('the form of the file', () => {
  test('a byte order mark, as some editors write it, does no harm', () => {
    expect(loadBytes(`\uFEFF${good}`).settings.site.name).toBe('Báo Thử');
  });

  test('a tab is named as such', () => {
    expect(lines(`site:\n\tname: Báo\n`)).toContain('loa.yaml:2:1: a tab stands here. Indent with spaces');
  });

  test('a key that stands twice is shown at its second place', () => {
    expect(lines(`${good}data: a\ndata: b\n`)).toEqual([
      'loa.yaml:3:1: this key stands here a second time. Keep one of the two',
    ]);
  });

  test('bytes that are not UTF-8 are shown at their place', () => {
    const bytes = Buffer.from(`${good}data: "x`, 'utf8');
    expect(lines(Buffer.concat([bytes, Buffer.from([0xe1, 0xba, 0x22])]))).toEqual([
      'loa.yaml:2:9: a character here is not UTF-8. Save the file as UTF-8',
    ]);
    expect(lines(Buffer.from(`\uFEFF${good}`, 'utf16le'))).toEqual([
      'loa.yaml:1:1: the file is UTF-16. Save it as UTF-8',
    ]);
  });

  test.each(['', '\n\n', '# only a comment\n', '---\n'])('an empty file %j says what it needs', (text) => {
    expect(lines(text)).toEqual(['loa.yaml:1:1: the file is empty. It needs at least `site:` with `name` and `url`']);
  });

  test('a list or a word instead of keys is refused', () => {
    expect(lines('- a\n- b\n')).toHaveLength(1);
    expect(lines('hello\n')).toHaveLength(1);
  });

  test('5 MB are refused without being read as YAML', () => {
    expect(lines('#'.repeat(5 * 1024 * 1024))).toEqual([
      'loa.yaml:1:1: the file has 5.0 MB, settings have at most 1 MB. Is it the right file?',
    ]);
  });

  test('an alias without its anchor is named', () => {
    expect(lines('site: *nope\n')[0]).toContain('`*nope` stands for a value marked `&nope`');
  });

  test('anchors are fine, a bomb of aliases is refused quickly', () => {
    const anchored = `${good}feeds: [{ id: a, only: &o { section: Tin } }, { id: b, only: *o }]\n`;
    expect(loadBytes(anchored).settings.feeds[1]!.only).toEqual({ section: ['Tin'] });
    const rows = Array.from({ length: 12 }, (_, row) => `x${row + 1}: &a${row + 1} [${`*a${row},`.repeat(9)}]`);
    const started = performance.now();
    expect(lines(`x0: &a0 [1]\n${rows.join('\n')}\n`)).toEqual([
      'loa.yaml:1:1: its aliases (`*name`) unfold to too many values. Write the values out',
    ]);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test('what is not YAML at all is told with its place and no stack', () => {
    for (const text of [
      'site: { name: "x\n',
      'site: [\n',
      'a: b: c\n',
      '%YAML 9\n',
      'site: !!js/function x\n',
      '{{{{',
    ]) {
      expect(lines(text).length).toBeGreaterThan(0);
      for (const line of lines(text)) expect(line).toMatch(/^loa\.yaml:\d+:\d+: \S/);
    }
  });

  test('a key named after an object’s insides is unknown like any other', () => {
    expect(lines(`${good}__proto__: { polluted: true }\n`)[0]).toContain('unknown key `__proto__`');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('a file that is not there says how to write one', () => {
    const options = { env: {}, kinds: { sources: [], channels: [] }, profiles: [], cwd: folder };
    const missing = () => load({ ...options, file: 'none.yaml' });
    expect(missing).toThrow(UserError);
    expect(missing).toThrow('There is no settings file none.yaml.');
    expect(() => load({ ...options, file: '.' })).toThrow('it is a folder');
  });
});
