/** A Bot API server with one bot and one chat, over HTTP. */
import type { IncomingMessage } from 'node:http';
import { type Served, serve } from '#src/net/serve.ts';
import { answerBadly, isTaken, type Mood } from '#tests/fakes/moods.ts';
import {
  type FakeMessage,
  type Fields,
  type Files,
  openTelegramChat,
  Refusal,
  type TelegramOptions,
  type TelegramWrite,
} from '#tests/fakes/telegram-chat.ts';

export interface TelegramServer extends Served {
  messages: Map<number, FakeMessage>;
  /** Only ever added to. */
  record: TelegramWrite[];
  /** Method of every request, in order. */
  requests: string[];
  /** The bot's rights; change them at will. */
  rights: { can_post_messages: boolean; can_edit_messages: boolean; can_delete_messages: boolean };
  /** The next requests that would show, change or delete a message are answered so. */
  misbehave(...moods: Mood[]): void;
  /** The chat became a supergroup with this number: the old one is refused. */
  moveTo(chatId: number): void;
  /** Resolves with the next request of a method that matches, before it is answered. */
  asked(what: RegExp): Promise<void>;
}

/** An answer as the server words it. */
export function telegramRefusal(code: number, description: string, parameters?: object): Mood & object {
  const body = JSON.stringify({ ok: false, error_code: code, description, parameters });
  return { status: code, headers: { 'content-type': 'application/json' }, body };
}

export async function startTelegram(options: TelegramOptions): Promise<TelegramServer> {
  const { chat, messages, record, rights, methods } = openTelegramChat(options);
  const requests: string[] = [];
  const moods: Mood[] = [];
  const watchers = new Set<{ what: RegExp; resolve: () => void }>();
  let movedTo: number | null = null;

  const answer = async (request: IncomingMessage, body: Buffer): Promise<unknown> => {
    const [, given, method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(request.url ?? '') ?? [];
    if (given !== options.token) throw new Refusal(401, 'Unauthorized');
    const run = methods[method];
    if (!run) throw new Refusal(404, 'Not Found');
    const { fields, files } = await read(request, body);
    if (method === 'getMe') return run(fields, files);
    const isOurs = [String(chat.id), ...(chat.username ? [`@${chat.username}`] : [])].includes(
      String(fields['chat_id']).toLowerCase(),
    );
    if (movedTo !== null && String(fields['chat_id']) !== String(movedTo)) {
      const moved = { migrate_to_chat_id: movedTo };
      throw new Refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', moved);
    }
    if (movedTo === null && !isOurs) throw new Refusal(400, 'Bad Request: chat not found');
    return run(fields, files);
  };

  const served = await serve(
    async (request, response) => {
      const method = (request.url ?? '').split('/').at(-1) ?? '';
      requests.push(method);
      for (const watcher of watchers) if (watcher.what.test(method) && watchers.delete(watcher)) watcher.resolve();
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const mood = /^get/.test(method) ? undefined : moods.shift();
      if (!isTaken(mood)) return answerBadly(response, mood!);
      const { status, headers, body } = await answer(request, Buffer.concat(chunks)).then(
        (result) => ({ status: 200, headers: {}, body: { ok: true, result } }),
        refusalOf,
      );
      if (mood) return answerBadly(response, mood);
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    },
    { port: options.port ?? 0 },
  );

  return {
    ...served,
    messages,
    record,
    requests,
    rights,
    misbehave: (...how) => void moods.push(...how),
    moveTo: (chatId) => void (movedTo = chatId),
    asked: (what) => new Promise((resolve) => void watchers.add({ what, resolve })),
  };
}

function refusalOf(error: unknown) {
  const { code = 500, message, parameters } = error as Partial<Refusal>;
  const seconds = parameters?.retry_after;
  return {
    status: code,
    headers: seconds === undefined ? {} : { 'retry-after': String(seconds) },
    body: { ok: false, error_code: code, description: message, ...(parameters && { parameters }) },
  };
}

/** JSON, or a form whose objects are JSON strings. */
async function read(request: IncomingMessage, body: Buffer): Promise<{ fields: Fields; files: Files }> {
  const type = String(request.headers['content-type']);
  if (type.startsWith('application/json')) return { fields: JSON.parse(String(body)), files: new Map() };
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  const files: Files = new Map();
  const fields: Fields = {};
  for (const [name, value] of form) {
    if (typeof value === 'string') fields[name] = objects.has(name) ? JSON.parse(value) : value;
    else files.set(name, value.size);
  }
  return { fields, files };
}

const objects = new Set(['media', 'rich_message', 'reply_parameters', 'link_preview_options']);
