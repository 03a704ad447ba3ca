import type { ChannelTools, Sending } from '#src/channels/channel.ts';
import { partOf } from '#src/channels/email/unsubscribe.ts';

/** A mail to the operator, made as every other. */
export function trialOf(address: string, tools: ChannelTools): Sending<never> {
  const at = tools.clock.now();
  const isVietnamese = tools.siteLanguage.startsWith('vi');
  const [headline, summary] = isVietnamese
    ? [`Loa: thử kênh ${tools.channelId}`, 'Thư này để thử xem kênh có hoạt động không. Không ai khác nhận được.']
    : [
        `Loa: a test of the channel ${tools.channelId}`,
        'This mail is to see whether the channel works. Nobody else gets it.',
      ];
  const link = tools.siteUrl;
  return {
    key: `test-${at}`,
    post: {
      article: {
        ...{ id: 'test', revision: 1, headline, summary, byline: [], section: null, tags: [], url: link },
        ...{ publishedAt: null, updatedAt: null },
      },
      segments: [
        { kind: 'text', text: `${headline}\n\n${summary}\n\n` },
        { kind: 'link', text: link, url: link },
      ],
      link,
      photos: [],
      language: isVietnamese ? 'vi' : 'en',
      notes: [],
    },
    prepared: null,
    remote: null,
    part: partOf(address),
    at: new Date(at).toISOString(),
  };
}
