import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { load } from '#config/load.ts';
import { type FirstSettings, writeSettings } from '#config/write-settings.ts';
import { known } from '#src/commands/settings.ts';

const first = (more: Partial<FirstSettings> = {}): FirstSettings => ({
  opening: ['Settings for https://bao.example'],
  site: {
    name: { value: 'Báo Ví Dụ', why: 'guessed from the title' },
    url: { value: 'https://bao.example', why: null },
    language: { value: 'vi', why: 'as the markup says' },
    timezone: { value: 'Asia/Ho_Chi_Minh', why: 'guessed from the language' },
  },
  source: {
    id: 'bao',
    kind: 'feed',
    settings: { url: 'https://bao.example/rss', fullText: false },
    guesses: { fullText: 'its entries look cut off', other: 'it has 3 feeds' },
    why: 'Found: an RSS feed',
  },
  feeds: [
    { id: 'latest', section: null, why: 'Every article' },
    { id: 'doi-song', section: 'Đời sống', why: 'guessed' },
  ],
  allow: [],
  ...more,
});

const read = (text: string) =>
  load({ ...known, file: '/srv/loa.yaml', text, env: { SECRET: 'hush' }, cwd: '/srv' }).settings;

describe('the first settings', () => {
  test('hold what was found, with every guess in a comment above its line', () => {
    const text = writeSettings(first({ allow: ['127.0.0.1/32'] }));
    expect(text).toMatch(/^# Settings for https:\/\/bao\.example\n\nsite:\n/);
    expect(text).toContain('  # guessed from the title\n  name: Báo Ví Dụ\n  url: https://bao.example\n');
    expect(text).toContain('    # its entries look cut off\n    fullText: false\n');
    expect(text).toMatch(/# Found: an RSS feed\n +# it has 3 feeds\n +- id: bao/);
    expect(text).toContain('    only: { section: [ Đời sống ] }\n');
    expect(read(text)).toMatchObject({
      site: { name: 'Báo Ví Dụ', timezone: 'Asia/Ho_Chi_Minh' },
      sources: [{ id: 'bao', kind: 'feed', settings: { url: 'https://bao.example/rss', fullText: false } }],
      feeds: [{ id: 'latest' }, { id: 'doi-song', title: 'Đời sống', only: { section: ['Đời sống'] } }],
      channels: [{ id: 'board' }],
      network: { allow: ['127.0.0.1/32'] },
    });
  });

  test('whatever a site calls itself stays text, and comments stay comments', () => {
    const line = fc
      .oneof(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
        fc.stringMatching(/^[-:#{}[\]&*!|>'"%@`, \n\ttrue0-9$env~SECRET]{1,30}$/),
      )
      .filter((text) => /\S/.test(text) && !/\p{Cc}/u.test(text.trim()));
    fc.assert(
      fc.property(line, line, fc.string({ unit: 'binary' }), (name, section, why) => {
        const { site, source } = first();
        const text = writeSettings(
          first({
            opening: [why],
            site: { ...site, name: { value: name, why } },
            source: { ...source, guesses: { url: why }, why },
            feeds: [{ id: 'one', section, why }],
          }),
        );
        const settings = read(text);
        const shown = (written: string) =>
          written
            .replaceAll(/\$+(?=\{)/g, '')
            .trim()
            .normalize('NFC');
        expect(settings.site.name).toBe(shown(name));
        expect(settings.feeds[0]!.title).toBe(shown(section));
        expect(settings.site.url).toBe('https://bao.example');
      }),
    );
  });

  test('a page can name no variable of this machine', () => {
    const { site, source } = first();
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what the settings file would fill in.
    const stolen = '${env:SECRET}';
    const text = writeSettings(
      first({
        site: { ...site, name: { value: `$$${stolen}`, why: stolen } },
        source: { ...source, settings: { url: `https://bao.example/rss?a=${stolen}` } },
      }),
    );
    const { site: read1, sources } = read(text);
    expect(JSON.stringify([read1, sources])).not.toContain('hush');
    expect(sources[0]!.settings).toMatchObject({ url: 'https://bao.example/rss?a=%24{env:SECRET}' });
  });
});
