import { Client, type Dispatcher } from 'undici';
import { HttpFailure } from '#src/core/errors.ts';
import { type ConnectRules, guardedConnector } from '#src/net/guarded-connect.ts';
import { toHttpFailure } from '#src/net/http-failures.ts';
import type { KeptClients } from '#src/net/kept-clients.ts';
import { type BodyReader, BodyTooLarge, createBodyReader } from '#src/net/read-body.ts';

export interface Exchange {
  url: URL;
  method: Dispatcher.HttpMethod;
  headers: Readonly<Record<string, string>>;
  body: string | Uint8Array | null;
  maxBytes: number;
  statusIsEnough?: boolean;
  /** For its first word, milliseconds; 0: as long as the caller's deadline. */
  headersTimeout: number;
  signal: AbortSignal;
  rules: ConnectRules;
  /** Where connections wait for the next request; without it each has its own. */
  kept?: KeptClients | null;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

/**
 * One request on a connection of its own, and its answer. Nothing is pooled but what may be asked twice: every
 * connection is judged by the rules of its own request, and a kept one that the server has just closed would leave a
 * post's outcome unknown.
 */
export async function exchange(request: Exchange): Promise<Answer> {
  const { kept, method, signal } = request;
  if (kept && (method === 'GET' || method === 'HEAD')) return exchangeOnKept(request, kept);
  const client = openClient(request);
  try {
    signal.throwIfAborted();
    return await dispatch(client, request);
  } finally {
    // Not waited for: a connector that still looks a name up would hold it back.
    client.destroy().catch(() => {});
  }
}

async function exchangeOnKept(request: Exchange, kept: KeptClients): Promise<Answer> {
  const place = `${request.url.origin} ${request.rules.portAllowed}`;
  const ask = async (client: Client): Promise<Answer> => {
    try {
      request.signal.throwIfAborted();
      const answer = await dispatch(client, request);
      kept.giveBack(place, client);
      return answer;
    } catch (error) {
      client.destroy().catch(() => {});
      throw error;
    }
  };
  const old = kept.take(place);
  if (!old) return ask(openClient(request));
  return ask(old).catch((error) => {
    // The server had closed it; on a new connection the same question is the first one.
    if ((error as HttpFailure).kind !== 'reset') throw error;
    return ask(openClient(request));
  });
}

function openClient({ url, rules, headersTimeout }: Exchange): Client {
  return new Client(url.origin, {
    connect: guardedConnector(rules),
    headersTimeout,
    bodyTimeout: 0, // the caller's one deadline covers it
    pipelining: 1,
    maxHeaderSize: 32 * 1024,
  });
}

function dispatch(client: Client, request: Exchange): Promise<Answer> {
  const { url, method, headers, body, maxBytes, statusIsEnough = false, signal } = request;
  const reset = !request.kept;
  return new Promise((resolve, reject) => {
    let started = false;
    let status = 0;
    let received: Record<string, string> = {};
    let reader: BodyReader | null = null;

    const fail = (error: unknown): void => {
      reader?.destroy();
      if (statusIsEnough && status > 0) resolve({ status, headers: received, body: new Uint8Array() });
      // What stopped it is the caller's deadline or shutdown, whatever the broken socket says.
      else reject(toHttpFailure(signal.aborted ? signal.reason : error, url.hostname, started));
    };

    signal.addEventListener('abort', fail, { once: true });
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart() {
        started = true;
      },
      onResponseStart(controller, statusCode, answerHeaders) {
        status = statusCode;
        received = flatten(answerHeaders);
        try {
          const encoding = method === 'HEAD' ? '' : (received['content-encoding'] ?? '');
          if (encoding === '' && method !== 'HEAD' && Number(received['content-length']) > maxBytes) {
            throw new BodyTooLarge(`it announces ${received['content-length']} bytes, and ${maxBytes} are allowed`);
          }
          reader = createBodyReader(encoding, maxBytes, {
            onDrain: () => controller.resume(),
            onDone: (bytes) => resolve({ status, headers: received, body: bytes }),
            onError: (error) => {
              fail(error);
              controller.abort(error);
            },
          });
        } catch (error) {
          fail(error);
          controller.abort(error as Error);
        }
      },
      onResponseData(controller, chunk) {
        if (reader?.write(chunk) === false) controller.pause();
      },
      onResponseEnd() {
        reader?.end();
      },
      onResponseError(_controller, error) {
        fail(error);
      },
    };

    try {
      client.dispatch({ path: url.pathname + url.search, method, headers, body, reset }, handler);
    } catch (error) {
      reject(
        new HttpFailure('blocked', `The request to ${url.hostname} is malformed: ${(error as Error).message}`, {
          sent: false,
          cause: error,
        }),
      );
    }
  });
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}
