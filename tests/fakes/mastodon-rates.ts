/** Mastodon's fixed windows of requests, as its headers tell them. */

const minutes = 60_000;

export interface MastodonRates {
  /** Counts one request; `headers` are those of its answer. */
  take(method: string, path: string): { isOver: boolean; headers: Record<string, string> };
}

export function mastodonRates(now: () => number, uploads = 30): MastodonRates {
  const windows = {
    uploads: { limit: uploads, length: 30 * minutes, from: 0, used: 0 },
    removals: { limit: 30, length: 30 * minutes, from: 0, used: 0 },
    all: { limit: 300, length: 5 * minutes, from: 0, used: 0 },
  };
  return {
    take(method, path) {
      const isUpload = method === 'POST' && path.startsWith('/api/v2/media');
      const window = windows[isUpload ? 'uploads' : method === 'DELETE' ? 'removals' : 'all'];
      const from = Math.floor(now() / window.length) * window.length;
      if (window.from !== from) Object.assign(window, { from, used: 0 });
      window.used += 1;
      return {
        isOver: window.used > window.limit,
        headers: {
          'x-ratelimit-limit': String(window.limit),
          'x-ratelimit-remaining': String(Math.max(window.limit - window.used, 0)),
          'x-ratelimit-reset': new Date(from + window.length).toISOString(),
        },
      };
    },
  };
}
