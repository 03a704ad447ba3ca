/** Messages of a bot in a channel or group on Telegram. */

import type { Channel } from '#src/channels/channel.ts';
import { checkAccount } from '#src/channels/telegram/account.ts';
import { idInAddress } from '#src/channels/telegram/address.ts';
import { changeMessage, inAnotherChat, takeBack } from '#src/channels/telegram/change.ts';
import { limitsOf, ratesOf } from '#src/channels/telegram/limits.ts';
import { captionHtmlOf } from '#src/channels/telegram/markup.ts';
import { loadPhotos, newMessage, type Prepared, replyTo, shapeOf } from '#src/channels/telegram/message.ts';
import { send, sendWithPhotos } from '#src/channels/telegram/send.ts';
import { setUp } from '#src/channels/telegram/set-up.ts';
import { settings, type TelegramSettings } from '#src/channels/telegram/settings.ts';
import { resultOfFailure } from '#src/core/send-result.ts';

export const telegram: Channel<TelegramSettings, Prepared> = {
  kind: 'telegram',
  settings,
  summary: 'Messages of a bot in a channel or group on Telegram, with photos',
  setUp,
  guarantee: () => 'D',
  limits: limitsOf,
  rates: ratesOf,
  check: checkAccount,
  postAddress: 'https://t.me/NAME/NUMBER',
  idOf: (url, { chatId }) => idInAddress(url, chatId),

  // Photos go with the message and not before it: this only finds out which there are.
  async prepare(sending, settings, tools) {
    const { photos, notes } = await loadPhotos(sending, settings, tools);
    for (const note of notes) tools.log.warn(note, { channel: tools.channelId });
    const shape = shapeOf(settings.style, photos.length);
    const captioned = photos.map(({ photo }) => captionHtmlOf(photo) !== '');
    const files = photos.map(({ photo }) => photo.file);
    return { shape, chat: settings.chatId, photos: files, ...(shape === 'album' && { captioned }), notes };
  },

  async publish(sending, settings, tools) {
    try {
      const { photos } = await loadPhotos(sending, settings, tools);
      return await sendWithPhotos((left) => newMessage(sending.post, left, settings), photos, settings, tools);
    } catch (error) {
      return resultOfFailure(error);
    }
  },

  reply: async (sending, settings, tools) =>
    inAnotherChat(sending, settings) ??
    send(replyTo(sending.remote!, sending.post, settings), settings, tools).catch(resultOfFailure),

  edit: async (sending, settings, tools) =>
    inAnotherChat(sending, settings) ?? changeMessage(sending, settings, tools).catch(resultOfFailure),

  withdraw: async (sending, settings, tools) =>
    inAnotherChat(sending, settings) ?? takeBack(sending, settings, tools).catch(resultOfFailure),
};
