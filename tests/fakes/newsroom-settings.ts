import type { Settings } from '#src/core/settings.ts';
import { feedSettings, site } from '#tests/fakes/feed-settings.ts';

/** Complete settings of a small newsroom. */
export function settings(change: Partial<Settings> = {}): Settings {
  return {
    site,
    publicUrl: 'http://localhost:8080',
    listen: { host: '127.0.0.1', port: 0 },
    data: '/nowhere',
    database: 'embedded',
    queue: { kind: 'database' },
    files: 'disk',
    sources: [{ id: 'portal', kind: 'feed', profile: 'vietnamese-portal', poll: 'auto', settings: {} }],
    feeds: [feedSettings(), feedSettings({ id: 'the-thao', title: 'Thể thao', only: { section: ['Thể thao'] } })],
    photos: { widths: [320, 640, 960, 1280, 1920], formats: ['avif', 'webp', 'jpeg'] },
    channels: [channel('board', 'board'), channel('fediverse', 'mastodon')],
    summarizer: null,
    alerts: { channel: null },
    network: { allow: [], trustedProxies: [] },
    guards: { burst: 10, goneGrace: 86_400_000, deskWindow: 86_400_000 },
    keep: { originals: 30 * 86_400_000, jobs: 7 * 86_400_000, backups: 14 * 86_400_000 },
    ...change,
  };
}

function channel(id: string, kind: string): Settings['channels'][number] {
  return {
    id,
    kind,
    settings: {},
    only: null,
    compose: { template: '{{headline}}', photos: 4, utm: null, correction: null, withdrawal: null },
    pace: { settle: 120_000, gap: 0, perHour: null, quiet: null, maxAge: 21_600_000, maxAgeTotal: 86_400_000 },
    breaking: null,
    approval: 'none',
    corrections: 'edit',
    withdrawals: 'delete',
    onUnknown: 'park',
  };
}
