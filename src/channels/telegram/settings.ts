/** What an operator gives for a bot that posts to a channel or group on Telegram. */
import { z } from 'zod';

export const styles = ['message', 'photo', 'album', 'rich'] as const;
export type Style = (typeof styles)[number];

export const settings = z.strictObject({
  token: z
    .string({ error: 'is missing: @BotFather gives it to whoever makes a bot with /newbot' })
    .trim()
    .regex(/^\d+:[A-Za-z0-9_-]+$/, 'must be the bot’s token as @BotFather shows it: a number, a colon, letters')
    .describe('Of the bot, from @BotFather; the bot must be an administrator that may post messages.'),
  chatId: z
    .union([z.string().trim(), z.number()], { error: 'is missing: @name of the channel, or its number' })
    .transform(String)
    .refine((id) => /^(?:@[A-Za-z]\w{3,}|-?\d+)$/.test(id), 'must be @name, or a number such as -1001234567890')
    .meta({
      title: 'text or number',
      description: '`"@name"` of a public channel or group, or its number, such as `-1001234567890`.',
    }),
  messageThreadId: z.int().positive().optional().describe('Topic in a group that has topics.'),
  style: z
    .enum(styles)
    .default('photo')
    .describe(
      '`message`: text with a link card, up to 4,096 characters. `photo`: the first photo with the text below it, up to 1,024. `album`: up to 10 photos, the text below the first, below each other one its caption and credit. `rich`: text, then each photo with its caption and credit; old apps may not show it.',
    ),
  linkPreview: z.boolean().default(true).describe('A card of the article under a post without photos.'),
  apiRoot: z
    .url({ protocol: /^https?$/, error: 'must be an address that begins with https://' })
    .default('https://api.telegram.org')
    .transform((address) => address.replace(/\/+$/, ''))
    .describe('Another Bot API server than Telegram’s own.'),
});

export type TelegramSettings = z.infer<typeof settings>;
