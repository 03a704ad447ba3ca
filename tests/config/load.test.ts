import { describe, expect, test } from 'vitest';
import { lines, minimal, read } from '#tests/fakes/settings.ts';

describe('complete settings', () => {
  test('a name, an address and a source are enough', () => {
    const { settings, warnings } = read(minimal);
    expect(warnings).toEqual([]);
    expect(settings.site).toEqual({
      name: 'Báo Thử Nghiệm',
      url: 'https://bao-thu.example',
      language: 'en',
      timezone: 'Asia/Ho_Chi_Minh',
    });
    expect(settings.sources).toEqual([
      { id: 'portal', kind: 'feed', profile: 'auto', poll: 'auto', settings: { url: 'https://bao-thu.example/rss' } },
    ]);
    expect(settings.feeds).toMatchObject([{ id: 'latest', title: 'Báo Thử Nghiệm', items: 50, content: 'full' }]);
    expect(settings).toMatchObject({
      publicUrl: 'http://localhost:8080',
      listen: { host: '127.0.0.1', port: 8080 },
      data: '/srv/loa/data',
      database: 'embedded',
      guards: { burst: 10, goneGrace: 86_400_000, deskWindow: 86_400_000 },
      keep: { originals: 30 * 86_400_000, jobs: 7 * 86_400_000, backups: 14 * 86_400_000 },
      alerts: { channel: null },
    });
  });

  test('every written value arrives in the unit of the program', () => {
    const { settings } = read(
      `${minimal}
  - { id: desk, kind: folder, path: ./inbox, profile: vietnamese-portal, poll: 1s }
publicUrl: https://tin.bao-thu.example/loa/
listen: "[::1]:9000"
feeds:
  - id: thoi-su
    title: Thời sự
    language: vi-vn
    only: { section: Thời sự, not: { tag: [nội bộ, nháp] } }
photos: { widths: [16, 8192], formats: [jpeg] }
channels:
  - id: fedi
    kind: mastodon
    settings: { baseUrl: https://mastodon.example, accessToken: "\${env:TOKEN}" }
    compose: { utm: { source: mastodon, medium: social } }
    pace: { settle: 30s, gap: 0s, perHour: off, quiet: 22:00-06:00, maxAge: 3h, maxAgeTotal: 2d }
alerts: { channel: fedi }
network: { allow: [127.0.0.0/8, "fd00::/8", 192.0.2.7] }
`,
      { env: { TOKEN: 'bí mật: #1 {x}' } },
    );
    expect(settings.sources[1]).toMatchObject({ poll: 1000, settings: { path: '/srv/loa/config/inbox' } });
    expect(settings.publicUrl).toBe('https://tin.bao-thu.example/loa');
    expect(settings.listen).toEqual({ host: '::1', port: 9000 });
    expect(settings.feeds[0]).toMatchObject({
      language: 'vi-VN',
      only: { section: ['Thời sự'], not: { tag: ['nội bộ', 'nháp'] } },
    });
    expect(settings.channels[0]!.settings).toEqual({
      baseUrl: 'https://mastodon.example',
      accessToken: 'bí mật: #1 {x}',
    });
    expect(settings.channels[0]!.pace).toEqual({
      settle: 30_000,
      gap: 0,
      perHour: null,
      quiet: { from: 22 * 60, to: 6 * 60 },
      maxAge: 3 * 3_600_000,
      maxAgeTotal: 48 * 3_600_000,
    });
    expect(settings.channels[0]!.compose).toMatchObject({ photos: 4, utm: { source: 'mastodon', medium: 'social' } });
  });

  test('a kind brings its own pace and age limit, which the file may still change', () => {
    const { settings } = read(`${minimal}
publicUrl: https://tin.example
channels:
  - { id: app, kind: webhook, settings: { url: https://app.example/in } }
  - { id: slow, kind: webhook, settings: { url: https://app.example/in }, pace: { gap: 1m, perHour: 3, maxAge: 1h } }
`);
    expect(settings.channels[0]!.pace).toMatchObject({
      gap: 0,
      perHour: null,
      maxAge: 259_200_000,
      maxAgeTotal: 259_200_000,
    });
    expect(settings.channels[1]!.pace).toMatchObject({
      gap: 60_000,
      perHour: 3,
      maxAge: 3_600_000,
      maxAgeTotal: 86_400_000,
    });
  });

  test('they cannot be changed afterwards', () => {
    const { settings } = read(minimal);
    expect(() => settings.photos.widths.push(1)).toThrow(TypeError);
    expect(() => Object.assign(settings.site, { name: 'x' })).toThrow(TypeError);
  });

  test('a key without a value counts as left out', () => {
    expect(read(`${minimal}\nchannels:\nphotos:\n`).settings).toMatchObject({
      channels: [],
      photos: { formats: ['avif', 'webp', 'jpeg'] },
    });
  });
});

describe('mistakes', () => {
  test('all of them are told at once, each with its line and column', () => {
    const text = `site: { name: Báo, url: ftp://bao.example, timezone: Mars/Olympus }
chanels: []
listen: localhost
sources:
  - { id: Cổng, kind: feed, uri: https://a.example/rss }
  - { id: desk, kind: foldr }
feeds:
  - { id: latest, items: 0, only: { source: [nobody] } }
photos: { widths: [640, 320] }
`;
    expect(lines(text)).toEqual([
      'config/loa.yaml:1:25: `site.url` must be an address that begins with https://',
      'config/loa.yaml:1:54: `site.timezone` is not a time zone: names are such as `Asia/Ho_Chi_Minh` or `UTC`',
      'config/loa.yaml:2:1: unknown key `chanels`: did you mean `channels`?',
      'config/loa.yaml:3:9: `listen` must be an address and port such as `127.0.0.1:8080` or `[::1]:8080`',
      'config/loa.yaml:5:11: `sources.0.id` must be 1 to 40 of the characters a-z, 0-9 and -',
      'config/loa.yaml:5:29: unknown key `uri`: did you mean `url`?',
      'config/loa.yaml:6:23: unknown kind `foldr`: did you mean `folder`?',
      'config/loa.yaml:8:26: `feeds.0.items` must be at least 1',
      'config/loa.yaml:9:19: `photos.widths` must ascend, each once',
    ]);
  });

  test('what is missing is named at the nearest place that is there', () => {
    expect(lines('site: { name: Báo }\n')).toEqual(['config/loa.yaml:1:7: `site.url` is missing']);
    expect(lines('data: ./x\n')).toEqual([
      'config/loa.yaml:1:1: `site.name` is missing',
      'config/loa.yaml:1:1: `site.url` is missing',
    ]);
    expect(lines(`${minimal}  - { kind: feed, url: https://a.example }\n`)).toEqual([
      'config/loa.yaml:8:5: `sources.1.id` is missing',
    ]);
  });

  test("a channel's own settings are checked by its kind, with its keys", () => {
    const text = `${minimal}
publicUrl: https://tin.example
channels:
  - { id: fedi, kind: mastodon, settings: { baseURL: https://m.example } }
`;
    expect(lines(text)).toEqual([
      'config/loa.yaml:11:43: `channels.0.settings.accessToken` is missing',
      'config/loa.yaml:11:45: unknown key `baseURL`: did you mean `baseUrl`?',
    ]);
  });

  test('numbers where text belongs say to use quotes, and numbers without a unit say which', () => {
    expect(lines(`site: { name: 2026, url: https://a.example }\n`)).toEqual([
      'config/loa.yaml:1:15: `site.name` must be text: put it in quotes',
    ]);
    expect(lines(`${minimal}guards: { goneGrace: 24 }\n`)).toEqual([
      'config/loa.yaml:8:22: `guards.goneGrace` must be a duration such as `30s`, `2m`, `6h` or `3d`',
    ]);
    expect(lines(`${minimal}  - { id: b, kind: feed, url: https://b.example, poll: 500ms }\n`)).toEqual([
      'config/loa.yaml:8:56: `sources.1.poll` must be `auto` or a duration from `1s` to `7d`',
    ]);
  });

  test.each([['files: s3://bucket/prefix', 'files']])('%s is refused as not available, not as unknown', (text, key) => {
    expect(lines(`${minimal}${text}\n`)).toEqual([
      expect.stringContaining(`8:${key.length + 3}: \`${key}\` other than`),
    ]);
  });

  test('ids stand once in their list', () => {
    const text = `${minimal}  - { id: portal, kind: folder, path: in }\n`;
    expect(lines(text)).toEqual([
      'config/loa.yaml:8:11: `portal` is the id of an earlier entry of `sources` too. Give it another id',
    ]);
  });

  test('other mistakes do not hide that an id stands twice', () => {
    const text = `${minimal}  - { id: portal, kind: foldr }\nguards: { burst: none }\n`;
    expect(lines(text)).toEqual([
      'config/loa.yaml:8:11: `portal` is the id of an earlier entry of `sources` too. Give it another id',
      'config/loa.yaml:8:25: unknown kind `foldr`: did you mean `folder`?',
      'config/loa.yaml:9:18: `guards.burst` must be a whole number',
    ]);
  });

  test('a template that cannot be used is told before anything is posted with it', () => {
    const channel = (template: string) =>
      lines(`${minimal}
publicUrl: https://tin.example
channels:
  - { id: a, kind: board, compose: { template: "${template}" } }
`);
    expect(channel('{{headline}}{% if hashtags %} {{hashtags}}{% endif %}')).toEqual([]);
    expect(channel('{{headlin}}')).toEqual([
      'config/loa.yaml:11:51: `channels.0.compose.template` names the unknown variable `headlin` (line 1, column 3 of it): did you mean `headline`?',
    ]);
    expect(channel('{{headline | upcas}}')[0]).toContain('uses the unknown filter `upcas`');
    expect(channel('{{headline')[0]).toContain('not closed');
    expect(channel('  ')[0]).toContain('must not be empty');
    expect(channel('x" , utm: "on')[0]).toContain('`channels.0.compose.utm` must hold keys, or be `off`');
  });

  test('feeds, channels and alerts name only what exists', () => {
    const text = `${minimal}
publicUrl: https://tin.example
feeds: [{ id: a, only: { source: portl, not: { source: [desk] } } }]
channels: [{ id: ops, kind: board }]
alerts: { channel: opps }
`;
    expect(lines(text)).toEqual([
      'config/loa.yaml:10:34: there is no source `portl`: did you mean `portal`?',
      'config/loa.yaml:10:56: there is no source `desk`. There are: portal',
      'config/loa.yaml:12:20: there is no channel `opps`: did you mean `ops`?',
    ]);
  });

  test('a profile is one of those there are, or a file', () => {
    const source = (profile: string) =>
      `${minimal}  - { id: b, kind: feed, url: https://b.example, profile: ${profile} }\n`;
    expect(lines(source('vietnamese-portl'))).toEqual([
      'config/loa.yaml:8:59: there is no profile `vietnamese-portl`: did you mean `vietnamese-portal`?',
    ]);
    expect(lines(source('./mine.yaml'))[0]).toContain('there is no profile file /srv/loa/config/mine.yaml');
  });
});
