/** Settings read with a few kinds of sources and channels made for the purpose. */
import { z } from 'zod';
import { type LoadOptions, load } from '#config/load.ts';
import { type Mistake, mistakeLine, SettingsError } from '#config/mistakes.ts';

const kinds = {
  sources: [
    { kind: 'feed', settings: z.object({ url: z.url() }) },
    { kind: 'folder', settings: z.object({ path: z.string() }) },
  ],
  channels: [
    { kind: 'mastodon', settings: z.object({ baseUrl: z.url(), accessToken: z.string().min(1) }) },
    {
      kind: 'webhook',
      settings: z.object({ url: z.url(), headers: z.record(z.string(), z.string()).default({}) }),
      maxAge: 259_200_000,
      unpaced: true,
    },
    { kind: 'board', settings: z.object({}) },
  ],
};

export const minimal = `
site:
  name: Báo Thử Nghiệm
  url: https://bao-thu.example/
  timezone: Asia/Ho_Chi_Minh
sources:
  - { id: portal, kind: feed, url: https://bao-thu.example/rss }
`;

/** Reads settings as if they stood in /srv/loa/config/loa.yaml. */
export function read(text: string, more: Partial<LoadOptions> = {}) {
  const options = {
    file: '/srv/loa/config/loa.yaml',
    env: {},
    kinds,
    profiles: ['vietnamese-portal'],
    cwd: '/srv/loa',
  };
  return load({ ...options, text, ...more });
}

function mistakes(text: string, more: Partial<LoadOptions> = {}): readonly Mistake[] {
  try {
    read(text, more);
  } catch (error) {
    if (error instanceof SettingsError) return error.mistakes;
    throw error;
  }
  return [];
}

/** Its mistakes as they are shown. */
export const lines = (text: string, more: Partial<LoadOptions> = {}) => mistakes(text, more).map(mistakeLine);
