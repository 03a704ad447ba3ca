import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { mistakeLine } from '#config/mistakes.ts';
import { lines, minimal, read } from '#tests/fakes/settings.ts';

describe('plain http', () => {
  const channel = (url: string, more = '') =>
    `${minimal}publicUrl: https://tin.example\nchannels: [{ id: app, kind: webhook, settings: { url: "${url}" } }]\n${more}`;

  test('is an error for a channel', () => {
    expect(lines(channel('http://app.example/in'))).toEqual([
      'config/loa.yaml:9:55: secrets are not sent over plain http. Use https, or put its address range on `network.allow`',
    ]);
    expect(lines(channel('http://127.0.0.1:9/in'))).toHaveLength(1);
  });

  test("is allowed to an address on the operator's list", () => {
    expect(lines(channel('http://127.0.0.1:9/in', 'network: { allow: [127.0.0.0/8] }'))).toEqual([]);
    expect(lines(channel('http://[fd00::7]/in', 'network: { allow: ["fd00::/8"] }'))).toEqual([]);
    expect(lines(channel('http://localhost:9/in', 'network: { allow: [127.0.0.1] }'))).toEqual([]);
    expect(lines(channel('http://10.1.2.3/in', 'network: { allow: [127.0.0.0/8] }'))).toHaveLength(1);
  });

  test('is a warning for a source', () => {
    const { warnings } = read(minimal.replace('https://bao-thu.example/rss', 'http://bao-thu.example/rss'));
    expect(warnings.map(mistakeLine)).toEqual([
      expect.stringContaining(':7:36: bao-thu.example is read over plain http'),
    ]);
  });

  test('is an error for a source that signs in with a password', () => {
    const closed = z.object({ url: z.url(), password: z.string().optional() });
    const kinds = { sources: [{ kind: 'closed', settings: closed }], channels: [] };
    const text = (more: string) =>
      `${minimal.replace('kind: feed, url: https://bao-thu.example/rss', `kind: closed, url: http://bao-thu.example${more}`)}publicUrl: https://t.example\n`;
    expect(lines(text(', password: abcd'), { kinds })).toEqual([
      expect.stringContaining('secrets are not sent over plain http'),
    ]);
    expect(lines(text(''), { kinds })).toEqual([]);
  });
});

describe('values from elsewhere', () => {
  const withToken = (token: string) =>
    `${minimal}publicUrl: https://t.example\nchannels: [{ id: f, kind: mastodon, settings: { baseUrl: https://m.example, accessToken: "${token}" } }]\n`;

  test('a variable that is not set is told once, with its name and place', () => {
    expect(lines(withToken(`\${env:NO_SUCH}`))).toEqual([
      'config/loa.yaml:9:90: the environment variable NO_SUCH is not set. Set NO_SUCH before starting Loa',
    ]);
  });

  test('a file gives its text without the last line break', () => {
    const folder = mkdtempSync(join(tmpdir(), 'loa-settings-'));
    writeFileSync(join(folder, 'token'), 'from-file\n');
    const { settings } = read(withToken(`x-\${file:${join(folder, 'token')}}`));
    expect(settings.channels[0]!.settings).toMatchObject({ accessToken: 'x-from-file' });
    expect(lines(withToken(`\${file:${folder}/none}`))[0]).toContain(`${folder}/none does not exist`);
  });

  test('what comes in is never read as YAML and never repeated in a message', () => {
    const env = { TOKEN: '"\n  evil: true\n#', URL: 'http://canary-7f3a.example' };
    expect(read(withToken(`\${env:TOKEN}`), { env }).settings.channels[0]!.settings).toMatchObject({
      accessToken: env.TOKEN,
    });
    const text = `${minimal}publicUrl: https://t.example\nchannels: [{ id: f, kind: webhook, settings: { url: "\${env:URL}" } }]\nlisten: "\${env:URL}"\n`;
    expect(lines(text, { env }).join('\n')).not.toContain('canary-7f3a');
  });
});
