/** One request to the Graph API, and what its answer says. */
import { createHmac } from 'node:crypto';
import type { ChannelTools } from '#src/channels/channel.ts';
import type { FacebookSettings } from '#src/channels/facebook/settings.ts';
import { type FormFile, multipart } from '#src/channels/multipart.ts';
import { parseObject } from '#src/channels/parse-object.ts';
import { HttpFailure } from '#src/core/errors.ts';
import { mask } from '#src/core/mask.ts';
import type { HttpRequest } from '#src/core/tools.ts';

export interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  /** Null where the body is not a JSON object: a proxy's page, for one. */
  json: any;
  /** Null when it holds none. */
  error: GraphError | null;
}

export interface GraphError {
  code: number | null;
  subcode: number | null;
  /** Every message it has for people, without our token. */
  message: string;
  isTransient: boolean;
}

interface Ask extends Pick<HttpRequest, 'method' | 'timeoutMs'> {
  /** In the address. */
  query?: Readonly<Record<string, string>>;
  /** As JSON, or as a form when there are files. */
  fields?: Readonly<Record<string, unknown>>;
  files?: readonly FormFile[];
}

/** `path` begins with a slash, after the version. The token goes in a header. Throws what `Http` throws. */
export function call(path: string, ask: Ask, settings: FacebookSettings, tools: ChannelTools): Promise<Answer> {
  const authorization = `Bearer ${settings.accessToken}`;
  const proof = proofOf(settings);
  const isRead = ask.method === undefined || ask.method === 'GET' || ask.method === 'DELETE';
  const signed = isRead
    ? { ...ask, query: { ...ask.query, ...proof } }
    : { ...ask, fields: { ...ask.fields, ...proof } };
  return callAs({ authorization }, path, signed, settings, tools);
}

/** With other credentials than the Page's. Throws what `Http` throws. */
export async function callAs(
  credentials: Readonly<Record<string, string>>,
  path: string,
  { method, timeoutMs = 30_000, query = {}, fields, files = [] }: Ask,
  settings: FacebookSettings,
  tools: ChannelTools,
): Promise<Answer> {
  const { headers = {}, ...body } = fields ? bodyOf(fields, files) : {};
  const asked = new URLSearchParams(query).toString();
  const secrets = secretsOf(settings);
  try {
    const response = await tools.http.request({
      url: `${settings.baseUrl}/${settings.version}${path}${asked && `?${asked}`}`,
      ...(method && { method }),
      headers: { ...headers, ...credentials, accept: 'application/json' },
      ...body,
      maxBytes: 4 * 1024 * 1024,
      timeoutMs,
      patient: true,
      redirects: 0,
      operatorUrl: true,
      signal: tools.signal,
    });
    const json = parseObject(new TextDecoder().decode(response.body));
    return { status: response.status, headers: response.headers, json, error: errorIn(json, secrets) };
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    // Without its cause: whatever that quotes may hold the address.
    throw new HttpFailure(error.kind, mask(error.message, secrets), { sent: error.sent });
  }
}

function bodyOf(fields: Readonly<Record<string, unknown>>, files: readonly FormFile[]) {
  if (files.length === 0) {
    return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(fields) };
  }
  const texts = Object.entries(fields).map(([name, value]) => [name, String(value)]);
  return multipart(Object.fromEntries(texts), files);
}

function proofOf({ accessToken, appSecret }: FacebookSettings): Record<string, string> {
  if (appSecret === undefined) return {};
  return { appsecret_proof: createHmac('sha256', appSecret).update(accessToken).digest('hex') };
}

function secretsOf(settings: FacebookSettings): string[] {
  const { accessToken, appSecret } = settings;
  return [accessToken, ...(appSecret ? [appSecret] : []), ...Object.values(proofOf(settings))];
}

function errorIn(json: any, secrets: string[]): GraphError | null {
  const error = json?.error;
  if (typeof error !== 'object' || error === null) return null;
  const said = [error.message, error.error_user_title, error.error_user_msg].filter((text) => typeof text === 'string');
  return {
    code: numberOf(error.code),
    subcode: numberOf(error.error_subcode),
    message: mask([...new Set(said)].join('. '), secrets).slice(0, 400),
    isTransient: error.is_transient === true,
  };
}

function numberOf(value: unknown): number | null {
  const number = Number(value);
  return value === null || value === undefined || value === '' || !Number.isInteger(number) ? null : number;
}
