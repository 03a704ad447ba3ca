import type { ChannelTools, Sending } from '#src/channels/channel.ts';
import { partOf } from '#src/channels/email/unsubscribe.ts';

/** A mail to the operator, made as every other. */
export function trialOf(address: string, tools: ChannelTools): Sending<never> {
  const at = tools.clock.now();
  const headline = `Loa: a test of the channel ${tools.channelId}`;
  const summary = 'This mail was sent to see whether the channel works. Nobody else gets it.';
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
      language: 'en',
      notes: [],
    },
    prepared: null,
    remote: null,
    part: partOf(address),
    at: new Date(at).toISOString(),
  };
}
