import type { FeedSettings, SiteSettings } from '#src/core/settings.ts';

export const site: SiteSettings = {
  name: 'Báo Sơn Thủy',
  url: 'https://bao.example',
  language: 'vi',
  timezone: 'Asia/Ho_Chi_Minh',
};

export function feedSettings(change: Partial<FeedSettings> = {}): FeedSettings {
  return {
    id: 'latest',
    title: 'Tin mới',
    description: '',
    language: null,
    items: 50,
    content: 'full',
    only: null,
    ...change,
  };
}
