/** A post as the Bot API's method and fields, by the channel's style and the photos there are. */
import type { ChannelTools, Sending } from '#src/channels/channel.ts';
import type { FormFile } from '#src/channels/multipart.ts';
import { messageIds } from '#src/channels/telegram/address.ts';
import type { Fields } from '#src/channels/telegram/call.ts';
import { captionHtmlOf, htmlOf, richHtmlOf } from '#src/channels/telegram/markup.ts';
import type { Style, TelegramSettings } from '#src/channels/telegram/settings.ts';
import type { Remote } from '#src/core/delivery.ts';
import { directionOf } from '#src/core/direction.ts';
import { messageOf } from '#src/core/errors.ts';
import type { Post, PostPhoto } from '#src/core/post.ts';
import { NotPrepared } from '#src/core/send-result.ts';

/** What stands there: a text cannot become a photo, nor the other way round. */
export type Shape = 'text' | 'photo' | 'album' | 'rich';

export interface Prepared {
  shape: Shape;
  /** `chatId` of the settings it was made by. */
  chat?: string;
  /** Names of the photos in the file store that go with it, in their order. */
  photos: string[];
  /** Of an album: whether each of them has words of its own. */
  captioned?: boolean[];
  /** What was left out, in plain words. */
  notes: string[];
}

export interface Loaded {
  photo: PostPhoto;
  bytes: Uint8Array;
}

export interface Message {
  method: string;
  fields: Fields;
  files: FormFile[];
}

/** The photos that can be read, without those that are gone. Throws `NotPrepared` while the file store fails. */
export async function loadPhotos(
  { post, prepared }: Pick<Sending<Prepared>, 'post' | 'prepared'>,
  { style }: TelegramSettings,
  tools: ChannelTools,
): Promise<{ photos: Loaded[]; notes: string[] }> {
  const photos: Loaded[] = [];
  const notes: string[] = [];
  const wanted = prepared ? post.photos.filter(({ file }) => prepared.photos.includes(file)) : post.photos;
  for (const photo of wanted.slice(0, photosIn[style])) {
    const bytes = await tools.photo(photo.file).catch((error) => {
      throw new NotPrepared({ kind: 'notSent', reason: `a photo could not be read: ${messageOf(error)}` });
    });
    if (bytes) photos.push({ photo, bytes });
    else notes.push(`photo ${post.photos.indexOf(photo) + 1} of ${post.photos.length} left out: its file is gone`);
  }
  return { photos, notes };
}

/** Most photos in a post of each style. */
export const photosIn: Readonly<Record<Style, number>> = { message: 0, photo: 1, album: 10, rich: 10 };

export function shapeOf(style: Style, photos: number): Shape {
  if (style === 'rich') return 'rich';
  if (photos === 0 || style === 'message') return 'text';
  return style === 'album' && photos > 1 ? 'album' : 'photo';
}

/** To show the post for the first time, with these photos. */
export function newMessage(post: Post, photos: readonly Loaded[], settings: TelegramSettings): Message {
  const topic = topicOf(settings);
  switch (shapeOf(settings.style, photos.length)) {
    case 'text':
      return { method: 'sendMessage', fields: { ...topic, ...textFields(post, settings) }, files: [] };
    case 'photo':
      return {
        method: 'sendPhoto',
        fields: { ...topic, ...captionFields(post) },
        files: photos.slice(0, 1).map((one) => formFile(one, 'photo')),
      };
    case 'album': {
      const media = photos.map(({ photo }, index) => ({
        type: 'photo',
        media: `attach://p${index}`,
        ...(index === 0 ? captionFields(post) : ownCaption(photo)),
      }));
      return { method: 'sendMediaGroup', fields: { ...topic, media }, files: filesOf(photos) };
    }
    case 'rich':
      return { method: 'sendRichMessage', fields: { ...topic, ...richFields(post, photos) }, files: filesOf(photos) };
  }
}

/** Below the post that stands; by itself where somebody deleted that. */
export function replyTo(remote: Remote, post: Post, settings: TelegramSettings): Message {
  const original = { message_id: messageIds(remote)[0], allow_sending_without_reply: true };
  const fields = { ...topicOf(settings), ...textFields(post, settings), reply_parameters: original };
  return { method: 'sendMessage', fields, files: [] };
}

export function textFields({ segments, link }: Pick<Post, 'segments' | 'link'>, { linkPreview }: TelegramSettings) {
  return {
    text: htmlOf(segments),
    parse_mode: 'HTML',
    link_preview_options: linkPreview && link ? { url: link } : { is_disabled: true },
  };
}

export function captionFields({ segments }: Pick<Post, 'segments'>) {
  return { caption: htmlOf(segments), parse_mode: 'HTML' };
}

/** Of a photo in an album but the first, below which the post's text stands. */
export function ownCaption(photo: PostPhoto) {
  return { caption: captionHtmlOf(photo), parse_mode: 'HTML' };
}

export function richFields({ segments, language }: Pick<Post, 'segments' | 'language'>, photos: readonly Loaded[]) {
  const html = richHtmlOf(
    segments,
    photos.map(({ photo }) => photo),
  );
  const media = photos.map((_, index) => ({
    id: `p${index}`,
    media: { type: 'photo', media: `attach://p${index}` },
  }));
  const isRtl = directionOf(language) === 'rtl';
  return { rich_message: { html, ...(media.length > 0 && { media }), ...(isRtl && { is_rtl: true }) } };
}

export function filesOf(photos: readonly Loaded[]): FormFile[] {
  return photos.map((one, index) => formFile(one, `p${index}`));
}

function topicOf({ messageThreadId }: TelegramSettings) {
  return messageThreadId === undefined ? {} : { message_thread_id: messageThreadId };
}

function formFile({ photo: { file, type }, bytes }: Loaded, field: string): FormFile {
  return { field, file, type, bytes };
}
