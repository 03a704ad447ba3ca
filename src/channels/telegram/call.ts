/** One request to the Bot API, and what its answer says. The token is part of the address: no address is ever told. */
import type { ChannelTools } from '#src/channels/channel.ts';
import { type FormFile, multipart } from '#src/channels/multipart.ts';
import type { TelegramSettings } from '#src/channels/telegram/settings.ts';
import { HttpFailure } from '#src/core/errors.ts';
import { mask } from '#src/core/mask.ts';

export interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  /** The API's own words: `ok` and what follows. False where the body is something else, a proxy's page for one. */
  isOurs: boolean;
  /** Null unless it says ok. */
  result: any;
  /** What it says is wrong, without the token. */
  description: string;
  /** Seconds. */
  retryAfter: number | null;
  /** The group became a supergroup with this id. */
  movedTo: string | null;
}

export type Fields = Readonly<Record<string, unknown>>;

/** With files as a form, else as JSON. Throws what `Http` throws. */
export async function call(
  method: string,
  fields: Fields,
  { token, apiRoot }: TelegramSettings,
  tools: ChannelTools,
  files: readonly FormFile[] = [],
): Promise<Answer> {
  const secrets = [token, token.slice(token.indexOf(':') + 1)];
  try {
    const { status, headers, body } = await tools.http.request({
      url: `${apiRoot}/bot${token}/${method}`,
      method: 'POST',
      ...(files.length > 0 ? multipart(inForm(fields), files) : inJson(fields)),
      maxBytes: 1024 * 1024,
      timeoutMs: 30_000,
      patient: true,
      redirects: 0,
      operatorUrl: true,
      signal: tools.signal,
    });
    return { status, headers, ...read(new TextDecoder().decode(body), secrets) };
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    // Without its cause: whatever that quotes may hold the address.
    throw new HttpFailure(error.kind, mask(error.message, secrets), { sent: error.sent });
  }
}

function inJson(fields: Fields) {
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(fields) };
}

function inForm(fields: Fields): Record<string, string> {
  const set = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    set.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

function read(text: string, secrets: string[]): Omit<Answer, 'status' | 'headers'> {
  const json = parse(text);
  const parameters = json?.parameters ?? {};
  return {
    isOurs: typeof json?.ok === 'boolean',
    result: json?.ok === true ? (json.result ?? null) : null,
    description: typeof json?.description === 'string' ? mask(json.description, secrets).slice(0, 300) : '',
    retryAfter: Number.isFinite(parameters.retry_after) ? parameters.retry_after : null,
    movedTo: /^-?\d{1,20}$/.test(String(parameters.migrate_to_chat_id)) ? String(parameters.migrate_to_chat_id) : null,
  };
}

function parse(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
