import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCommand } from '#tests/fakes/run-command.ts';

function newsroom(text: string): string {
  const cwd = mkdtempSync(join(tmpdir(), 'loa-check-'));
  mkdirSync(join(cwd, 'config'));
  writeFileSync(join(cwd, 'config/loa.yaml'), text);
  return cwd;
}

const good = `site: { name: Báo Thử, url: https://bao.example, language: vi, timezone: Asia/Ho_Chi_Minh }
publicUrl: https://tin.bao.example
sources:
  - { id: portal, kind: feed, url: https://bao.example/rss }
  - { id: desk, kind: folder, path: ./inbox }
feeds: [{ id: a }, { id: b }, { id: c }]
channels: [{ id: page, kind: board }]
`;

describe('settings that are right', () => {
  test('are summed up in one line', async () => {
    expect(await runCommand(['check'], { cwd: newsroom(good) })).toEqual({
      code: 0,
      out: 'config/loa.yaml is right: 2 sources, 3 feeds, 1 channel',
      err: '',
    });
  });

  test('may still deserve a warning', async () => {
    const cwd = newsroom(good.replace('https://bao.example/rss', 'http://bao.example/rss'));
    const { code, out, err } = await runCommand(['check'], { cwd });
    expect(code).toBe(0);
    expect(out).toContain('is right');
    expect(err).toMatch(/^config\/loa\.yaml:4:36: warning: bao\.example is read over plain http/);
  });

  test('are found where --config or LOA_CONFIG says', async () => {
    const cwd = newsroom('');
    writeFileSync(join(cwd, 'other.yaml'), good);
    expect(await runCommand(['check', '--config', 'other.yaml'], { cwd })).toMatchObject({ code: 0 });
    expect(await runCommand(['check'], { cwd, env: { LOA_CONFIG: 'other.yaml' } })).toMatchObject({ code: 0 });
  });
});

describe('settings that are wrong', () => {
  const wrong = good.replace('feeds:', 'feds:').replace('kind: board', 'kind: bord');

  test('show every mistake and end with 1', async () => {
    expect(await runCommand(['check'], { cwd: newsroom(wrong) })).toEqual({
      code: 1,
      out: '',
      err: [
        'config/loa.yaml:6:1: unknown key `feds`: did you mean `feeds`?',
        'config/loa.yaml:7:30: unknown kind `bord`: did you mean `board`?',
        '2 mistakes',
      ].join('\n'),
    });
  });

  test('of templates are shown where they stand in the file, each of them', async () => {
    const channels = `channels:
  - id: page
    kind: board
    compose:
      template: |
        {{ headline }}

        {% if section == "Thể thao" %}{{ sumary }}{% endif %}
        {{ link | upcas }}
      correction: "Đính chính: {{ headlin }}\\n{{ link }}"
      withdrawal: '{{ headline }} {{ tag }}'
`;
    const cwd = newsroom(good.replace(/channels:.*\n/, channels));
    const { code, err } = await runCommand(['check'], { cwd });
    expect(code).toBe(1);
    expect(err.split('\n')).toEqual([
      'config/loa.yaml:15:19: `channels.0.compose.template` uses the unknown filter `upcas` (line 4, column 11 of it): did you mean `upcase`?',
      'config/loa.yaml:16:35: `channels.0.compose.correction` names the unknown variable `headlin` (line 1, column 16 of it): did you mean `headline`?',
      expect.stringMatching(
        /^config\/loa\.yaml:17:38: `channels\.0\.compose\.withdrawal` names the unknown variable `tag` /,
      ),
      '3 mistakes',
    ]);
    const mended = channels.replace('upcas ', 'upcase ').replace('headlin ', 'headline ').replace(' {{ tag }}', '');
    expect((await runCommand(['check'], { cwd: newsroom(good.replace(/channels:.*\n/, mended)) })).err).toMatch(
      /^config\/loa\.yaml:14:42: `channels\.0\.compose\.template` names the unknown variable `sumary`/,
    );
  });

  test('may stand in a profile of one’s own, and are shown there', async () => {
    const cwd = newsroom(good.replace('/rss }', '/rss, profile: ./portal.yaml }'));
    writeFileSync(join(cwd, 'config/portal.yaml'), 'extends: generic\nselectors:\n  bdy: [.bai]\n  drop: ["a["]\n');
    const { code, err } = await runCommand(['check'], { cwd });
    expect(code).toBe(1);
    expect(err).toContain('config/portal.yaml:3:3: unknown key `bdy`: did you mean `body`?');
    expect(err).toContain('config/portal.yaml:4:10: `selectors.drop.0` is not a CSS selector');
    expect(err).toContain('2 mistakes');
  });

  test('are one JSON document with --json', async () => {
    const { code, out, err } = await runCommand(['check', '--json'], { cwd: newsroom(wrong) });
    expect(code).toBe(1);
    expect(err).toBe('');
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      mistakes: [
        { line: 6, column: 1, key: 'feds', message: 'unknown key `feds`: did you mean `feeds`?', fix: null },
        { line: 7, column: 30, key: 'channels.0.kind' },
      ],
      warnings: [],
    });
  });

  test('a file that is not there says how to write one', async () => {
    const { code, err } = await runCommand(['check'], { cwd: tmpdir() });
    expect(code).toBe(1);
    expect(err).toContain('There is no settings file config/loa.yaml.');
    expect(err).toContain('--config');
  });
});
