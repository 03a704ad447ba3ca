/** The one chat of the fake Bot API: counts as Telegram counts, refuses what it refuses, and keeps no keys. */
import { parseTelegramHtml } from '#tests/fakes/telegram-html.ts';

export interface FakeMessage {
  id: number;
  /** As readers see it: of a message, or the caption of a photo. */
  text: string;
  links: string[];
  kind: 'text' | 'photo' | 'rich';
  isRtl?: boolean;
  /** Bytes of each photo. */
  photos: number[];
  /** Of the album it belongs to: its first message; else its own id. */
  group: number;
  replyTo: number | null;
  /** Of the card below a text; null without. */
  preview: string | null;
  at: number;
}

/** One write that readers could see; an album is one. */
export interface TelegramWrite {
  op: 'create' | 'edit' | 'delete';
  ids: number[];
  text: string;
  at: number;
}

export interface TelegramOptions {
  token: string;
  now(): number;
  port?: number;
  chat?: { id: number; type: 'channel' | 'supergroup' | 'group'; title: string; username?: string };
  /** Messages a minute in the chat; unlimited when left out. */
  perMinute?: number;
  onWrite?(write: TelegramWrite): void;
}

export type Fields = Record<string, any>;
export type Files = Map<string, number>;
type Words = (html: unknown, limit: number, what: string) => { text: string; links: string[] };

export class Refusal extends Error {
  readonly code: number;
  readonly parameters: { retry_after?: number; migrate_to_chat_id?: number } | undefined;
  constructor(code: number, description: string, parameters?: Refusal['parameters']) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}

const hour = 3_600_000;

export function openTelegramChat(options: TelegramOptions) {
  const { now } = options;
  const chat = { ...(options.chat ?? { id: -1001234567890, type: 'channel', title: 'Báo Thử', username: 'baothu' }) };
  const messages = new Map<number, FakeMessage>();
  const record: TelegramWrite[] = [];
  const rights = { can_post_messages: true, can_edit_messages: true, can_delete_messages: true };
  let sentAt: number[] = [];
  let ids = 100;

  const write = (op: TelegramWrite['op'], changed: FakeMessage[]) => {
    const entry = { op, ids: changed.map(({ id }) => id), text: changed[0]?.text ?? '', at: now() };
    record.push(entry);
    options.onWrite?.(entry);
  };
  const shown = ({ id, at }: FakeMessage) => ({ message_id: id, date: Math.floor(at / 1000), chat });
  const checkRate = (count: number) => {
    sentAt = sentAt.filter((at) => at > now() - 60_000);
    if (sentAt.length + count > (options.perMinute ?? Number.POSITIVE_INFINITY)) {
      const seconds = Math.ceil((sentAt[0]! + 60_000 - now()) / 1000);
      throw new Refusal(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
    }
    sentAt.push(...Array(count).fill(now()));
  };
  const words = (html: unknown, limit: number, what: string, isRich = false) => {
    const parsed = parse(html, isRich);
    if ([...parsed.text].length > limit) throw new Refusal(400, `Bad Request: ${what} is too long`);
    if (limit > 1024 && parsed.text.trim() === '') throw new Refusal(400, `Bad Request: ${what} text is empty`);
    return parsed;
  };
  const add = (parts: Partial<FakeMessage>[], fields: Fields): unknown[] => {
    if (!rights.can_post_messages) throw new Refusal(400, 'Bad Request: need administrator rights in the channel chat');
    checkRate(parts.length);
    const group = ids + 1;
    const replyTo = fields['reply_parameters']?.message_id ?? null;
    const made = parts.map((part): FakeMessage => {
      const blank = { text: '', links: [], kind: 'text', photos: [], preview: null } as const;
      return { ...blank, photos: [], links: [], ...part, id: ++ids, group, replyTo, at: now() };
    });
    for (const one of made) messages.set(one.id, one);
    write('create', made);
    return made.map(shown);
  };
  const change = (fields: Fields, parts: Partial<FakeMessage>): unknown => {
    const message = messages.get(Number(fields['message_id']));
    if (!message) throw new Refusal(400, 'Bad Request: message to edit not found');
    if (!rights.can_edit_messages) throw new Refusal(400, "Bad Request: message can't be edited");
    const isText = message.kind === 'text';
    if ('preview' in parts !== isText && message.kind !== 'rich') {
      const missing = isText ? 'caption' : 'text';
      throw new Refusal(400, `Bad Request: there is no ${missing} in the message to edit`);
    }
    if (Object.entries(parts).every(([name, value]) => same(message[name as keyof FakeMessage], value))) {
      throw new Refusal(400, 'Bad Request: message is not modified: specified new message content is exactly the same');
    }
    Object.assign(message, parts);
    write('edit', [message]);
    return shown(message);
  };
  const remove = (wanted: number[], isOne: boolean): true => {
    const found = wanted.map((id) => messages.get(id)).filter((one) => one !== undefined);
    if (isOne && found.length === 0) throw new Refusal(400, 'Bad Request: message to delete not found');
    if (found.some(({ at }) => now() - at > 48 * hour) && !rights.can_delete_messages) {
      throw new Refusal(400, "Bad Request: message can't be deleted");
    }
    for (const { id } of found) messages.delete(id);
    if (found.length > 0) write('delete', found);
    return true;
  };
  const photo = (reference: unknown, files: Files): number => {
    const bytes = files.get(String(reference).replace('attach://', ''));
    if (bytes === undefined) throw new Refusal(400, 'Bad Request: wrong file identifier/HTTP URL specified');
    if (bytes > 10_000_000) throw new Refusal(400, 'Bad Request: file is too big for a photo');
    return bytes;
  };
  const rich = ({ html, media = [], is_rtl = false }: any, files: Files): Partial<FakeMessage> => {
    const parsed = words(html, 32_768, 'message', true);
    const photos = media.map((one: any) => photo(one.media.media, files));
    const used = [...String(html).matchAll(/src="tg:\/\/photo\?id=([\w-]+)"/g)].map(([, id]) => id);
    if (
      !same(
        used,
        media.map((one: any) => one.id),
      )
    )
      throw new Refusal(400, 'Bad Request: wrong media in the message');
    return { ...parsed, text: parsed.text.trim(), photos, kind: 'rich', isRtl: is_rtl };
  };

  const methods: Readonly<Record<string, (fields: Fields, files: Files) => unknown>> = {
    getMe: () => ({ id: 77, is_bot: true, username: 'baothu_bot' }),
    getChat: () => chat,
    getChatMember: () => ({ status: 'administrator', ...rights }),
    sendMessage: (fields) => add([{ ...textOf(fields, words), kind: 'text' }], fields)[0],
    sendPhoto(fields, files) {
      const bytes = photo(fields['photo'] ?? 'photo', files);
      return add([{ ...captionOf(fields, words), kind: 'photo', photos: [bytes] }], fields)[0];
    },
    sendMediaGroup(fields, files) {
      const media: Fields[] = fields['media'] ?? [];
      if (media.length < 2 || media.length > 10) throw new Refusal(400, 'Bad Request: wrong number of media');
      const parts = media.map((one) => {
        const bytes = photo(one['media'], files);
        return { ...captionOf(one, words), kind: 'photo' as const, photos: [bytes] };
      });
      return add(parts, fields);
    },
    sendRichMessage: (fields, files) => add([rich(fields['rich_message'], files)], fields)[0],
    editMessageText: (fields, files) =>
      change(fields, fields['rich_message'] ? rich(fields['rich_message'], files) : textOf(fields, words)),
    editMessageCaption: (fields) => change(fields, captionOf(fields, words)),
    editMessageMedia(fields, files) {
      const bytes = photo(fields['media']?.media, files);
      return change(fields, { ...captionOf(fields['media'], words), photos: [bytes] });
    },
    deleteMessage: ({ message_id }) => remove([Number(message_id)], true),
    deleteMessages: ({ message_ids }) => remove(message_ids.map(Number), false),
  };

  return { chat, messages, record, rights, methods };
}

function parse(html: unknown, isRich: boolean) {
  try {
    return parseTelegramHtml(String(html ?? ''), isRich);
  } catch (error) {
    throw new Refusal(400, `Bad Request: ${(error as Error).message}`);
  }
}

function textOf({ text, link_preview_options: preview }: Fields, words: Words) {
  return { ...words(text, 4096, 'message'), preview: (preview?.is_disabled ? null : preview?.url) ?? null };
}

function captionOf({ caption }: Fields, words: Words) {
  return words(caption, 1024, 'message caption');
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
