/** Changing and taking back messages that stand. */
import type { ChannelTools, Sending } from '#src/channels/channel.ts';
import { postIsGone } from '#src/channels/gone.ts';
import { idInAddress, messageIds } from '#src/channels/telegram/address.ts';
import type { Answer } from '#src/channels/telegram/call.ts';
import {
  captionFields,
  filesOf,
  type Loaded,
  loadPhotos,
  type Message,
  ownCaption,
  type Prepared,
  richFields,
  type Shape,
  shapeOf,
  textFields,
} from '#src/channels/telegram/message.ts';
import { ask } from '#src/channels/telegram/send.ts';
import type { TelegramSettings } from '#src/channels/telegram/settings.ts';
import { isAboutPhotos, resultOf } from '#src/channels/telegram/verdict.ts';
import { noticeWords } from '#src/core/notice-words.ts';
import type { SendResult } from '#src/core/outcome.ts';
import type { Post, PostPhoto } from '#src/core/post.ts';

/** The text, or the words below the photos; another photo only where it is the only one. Throws what `Http` throws. */
export async function changeMessage(
  sending: Sending<Prepared>,
  settings: TelegramSettings,
  tools: ChannelTools,
): Promise<SendResult> {
  const { photos } = await loadPhotos(sending, settings, tools);
  const standing = sending.earlier;
  const shape = standing?.shape ?? shapeOf(settings.style, photos.length);
  const isOther = photos[0] && standing && standing.photos[0] !== photos[0].photo.file;
  if (shape === 'photo' && isOther) {
    const answer = await change(newPhoto(sending.post, photos[0]!), sending, settings, tools);
    if (!isAboutPhotos(answer)) return resultOfChange(answer, sending, tools);
  }
  const result = await changeWords(shape, sending.post, photos, sending, settings, tools);
  if (shape !== 'album' || result.kind !== 'sent') return result;
  return (await changeCaptions((photo) => photo && ownCaption(photo), sending, settings, tools)) ?? result;
}

/** Deletes it; where that is not allowed any more, it says in its place that the article was withdrawn. */
export async function takeBack(
  sending: Sending<Prepared>,
  settings: TelegramSettings,
  tools: ChannelTools,
): Promise<SendResult> {
  const ids = messageIds(sending.remote!);
  const message =
    ids.length > 1
      ? { method: 'deleteMessages', fields: { message_ids: ids } }
      : { method: 'deleteMessage', fields: { message_id: ids[0] } };
  const answer = await ask({ ...message, files: [] }, settings, tools);
  if (answer.result === true || isGone(answer)) return { kind: 'sent', id: sending.remote!.id, url: null };
  if (answer.status !== 400 || !/can't be deleted|not enough rights|delete_forbidden/i.test(answer.description)) {
    return resultOf(answer, tools.clock.now());
  }
  const { language } = sending.post;
  const { withdrawal } = noticeWords(language);
  const notice = { segments: [{ kind: 'text' as const, text: withdrawal }], link: '', language };
  const shape = sending.earlier?.shape ?? shapeOf(settings.style, sending.post.photos.length);
  const result = await changeWords(shape, notice, [], sending, settings, tools);
  if (shape !== 'album' || result.kind !== 'sent') return result;
  return (await changeCaptions(() => ({ caption: '' }), sending, settings, tools)) ?? result;
}

/** A number means another message in every chat: one that the settings did not name then is left alone. Null for our own. */
export function inAnotherChat(
  { remote, earlier }: Pick<Sending<Prepared>, 'remote' | 'earlier'>,
  { chatId }: TelegramSettings,
): SendResult | null {
  const url = remote?.url ?? '';
  if (earlier?.chat === undefined || earlier.chat === chatId || idInAddress(url, chatId) !== null) return null;
  const where = url ? ` at ${url}` : '';
  const reason = `the post stands in ${earlier.chat}, and the settings name ${chatId} now. Do it by hand${where}`;
  return { kind: 'permanent', scope: 'item', reason };
}

async function changeWords(
  shape: Shape,
  post: Pick<Post, 'segments' | 'link' | 'language'>,
  photos: readonly Loaded[],
  sending: Sending<Prepared>,
  settings: TelegramSettings,
  tools: ChannelTools,
): Promise<SendResult> {
  const text: Message = { method: 'editMessageText', fields: textFields(post, settings), files: [] };
  const caption: Message = { method: 'editMessageCaption', fields: captionFields(post), files: [] };
  if (shape === 'rich') {
    const rich: Message = { method: 'editMessageText', fields: richFields(post, photos), files: filesOf(photos) };
    return resultOfChange(await change(rich, sending, settings, tools), sending, tools);
  }
  const [first, second] = shape === 'text' ? [text, caption] : [caption, text];
  const answer = await change(first, sending, settings, tools);
  const isOther = /there is no (?:text|caption) in the message to edit/i.test(answer.description);
  return resultOfChange(isOther ? await change(second, sending, settings, tools) : answer, sending, tools);
}

/** The words below the other photos of an album; null when they stand as they should. `of` gives none for a photo that is to stay as it is. */
async function changeCaptions(
  of: (photo: PostPhoto | undefined) => { caption: string } | undefined,
  sending: Sending<Prepared>,
  settings: TelegramSettings,
  tools: ChannelTools,
): Promise<SendResult | null> {
  const { remote, earlier, post } = sending;
  const ids = messageIds(remote!);
  // Where Telegram refused one of them, nobody knows any more which photo is which.
  const files = earlier?.photos.length === ids.length ? earlier.photos : [];
  for (const [index, id] of ids.entries()) {
    const words = of(post.photos.find(({ file }) => file === files[index]));
    const isBare = words?.caption === '' && earlier?.captioned?.[index] === false;
    if (index === 0 || words === undefined || isBare) continue;
    const fields = { message_id: id, ...words };
    const answer = await ask({ method: 'editMessageCaption', fields, files: [] }, settings, tools);
    // One that somebody took out of the album is no more to be changed.
    if (isMissing(answer)) continue;
    const result = resultOfChange(answer, sending, tools);
    if (result.kind !== 'sent') return result;
  }
  return null;
}

function newPhoto(post: Post, photo: Loaded): Message {
  const media = { type: 'photo', media: 'attach://p0', ...captionFields(post) };
  return { method: 'editMessageMedia', fields: { media }, files: filesOf([photo]) };
}

function change(
  { method, fields, files }: Message,
  { remote }: Sending<Prepared>,
  settings: TelegramSettings,
  tools: ChannelTools,
): Promise<Answer> {
  return ask({ method, fields: { message_id: messageIds(remote!)[0], ...fields }, files }, settings, tools);
}

function resultOfChange(answer: Answer, { remote }: Sending<Prepared>, tools: ChannelTools): SendResult {
  const isDone = (answer.status === 200 && answer.result !== null) || isSame(answer);
  if (isDone) return { kind: 'sent', id: remote!.id, url: remote!.url };
  if (isMissing(answer)) return postIsGone;
  if (answer.status === 400 && /message (?:can't be|to (?:edit|delete))|not enough rights/i.test(answer.description)) {
    const where = remote!.url ? ` at ${remote!.url}` : '';
    const reason = `Telegram does not let the bot change this message: ${answer.description}. Do it by hand${where}`;
    return { kind: 'permanent', scope: 'item', reason };
  }
  return resultOf(answer, tools.clock.now());
}

const isSame = ({ status, description }: Answer) => status === 400 && /message is not modified/i.test(description);

const isMissing = ({ status, description }: Answer) => status === 400 && /message to edit not found/i.test(description);

const isGone = ({ status, description }: Answer) => status === 400 && /message to delete not found/i.test(description);
