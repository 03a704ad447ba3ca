/** What a message may hold, and how many may go. */
import type { RateLimit } from '#src/channels/channel.ts';
import { longestCaption, longestCredit } from '#src/channels/telegram/markup.ts';
import { photosIn, shapeOf } from '#src/channels/telegram/message.ts';
import type { Style, TelegramSettings } from '#src/channels/telegram/settings.ts';
import type { PostLimits } from '#src/core/post.ts';

/** Code points that readers see: markup and escapes do not count, addresses count in full. */
export function limitsOf({ style = 'photo' }: Partial<TelegramSettings>): PostLimits {
  return {
    length: lengthOf(style),
    unit: 'code points',
    linkLength: null,
    photos: photosIn[style],
    altLength: null,
    ...captionsOf(style),
    photo: { bytes: 10_000_000, pixels: 25_000_000, sides: 10_000, aspect: { least: 1 / 20, most: 20 } },
    breakMentions: true,
  };
}

function captionsOf(style: Style): Pick<PostLimits, 'captions'> {
  if (style === 'album') return { captions: 'further' };
  return style === 'rich' ? { captions: 'all' } : {};
}

/** Some 20 messages a minute in one chat, one a second, 30 a second over all chats; an album counts as its photos. */
export function ratesOf({ token, chatId, style }: TelegramSettings): RateLimit[] {
  const bot = `telegram bot ${token.slice(0, token.indexOf(':'))}`;
  return [
    {
      account: `${bot} in ${chatId}, by the minute`,
      units: 20,
      per: 60_000,
      cost: ({ photos }) => (shapeOf(style, photos.length) === 'album' ? photos.length : 1),
    },
    { account: `${bot} in ${chatId}, by the second`, units: 1, per: 1000 },
    { account: bot, units: 30, per: 1000 },
  ];
}

/** A rich message's 32,768 are for captions too. */
function lengthOf(style: Style): number {
  if (style === 'message') return 4096;
  if (style === 'rich') return 32_768 - photosIn.rich * (longestCaption + longestCredit);
  return 1024;
}
