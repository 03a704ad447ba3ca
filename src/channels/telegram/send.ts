/** Sending a message: what is refused nobody has seen, so that it may go again without what it was refused for. */
import type { ChannelTools } from '#src/channels/channel.ts';
import { remoteOf } from '#src/channels/telegram/address.ts';
import { type Answer, call, type Fields } from '#src/channels/telegram/call.ts';
import type { Loaded, Message } from '#src/channels/telegram/message.ts';
import type { TelegramSettings } from '#src/channels/telegram/settings.ts';
import { isAboutPhotos, resultOf } from '#src/channels/telegram/verdict.ts';
import type { SendResult } from '#src/core/outcome.ts';

/** Throws what `Http` throws. */
export async function send(message: Message, settings: TelegramSettings, tools: ChannelTools): Promise<SendResult> {
  return resultOfSent(await ask(message, settings, tools), tools);
}

/** A photo that Telegram does not take is left out: it alone where the refusal names it, else all of them. */
export async function sendWithPhotos(
  build: (photos: readonly Loaded[]) => Message,
  photos: readonly Loaded[],
  settings: TelegramSettings,
  tools: ChannelTools,
): Promise<SendResult> {
  const answer = await ask(build(photos), settings, tools);
  if (photos.length === 0 || !isAboutPhotos(answer)) return resultOfSent(answer, tools);
  const named = Number(/message #(\d+)/i.exec(answer.description)?.[1]) - 1;
  const left = photos.filter((_, index) => photos[named] !== undefined && index !== named);
  const which = left.length > 0 ? `photo ${named + 1} of ${photos.length}` : 'every photo';
  const note = `Telegram does not take ${which}: the post goes without (${answer.status}: ${answer.description})`;
  tools.log.warn(note, { channel: tools.channelId });
  const result = await sendWithPhotos(build, left, settings, tools);
  return result.kind === 'sent' ? { ...result, notes: [note, ...(result.notes ?? [])] } : result;
}

/** To the group's new number where it has become a supergroup. */
export async function ask(
  { method, fields, files }: { method: string; fields: Fields; files: Message['files'] },
  settings: TelegramSettings,
  tools: ChannelTools,
): Promise<Answer> {
  const answer = await call(method, { chat_id: settings.chatId, ...fields }, settings, tools, files);
  if (answer.result !== null || answer.movedTo === null) return answer;
  tools.log.warn(`The group ${settings.chatId} has a new number: set chatId of the channel to "${answer.movedTo}"`, {
    channel: tools.channelId,
  });
  return call(method, { chat_id: answer.movedTo, ...fields }, settings, tools, files);
}

function resultOfSent(answer: Answer, { clock }: ChannelTools): SendResult {
  const remote = answer.status === 200 ? remoteOf(answer.result) : null;
  return remote ? { kind: 'sent', ...remote } : resultOf(answer, clock.now());
}
