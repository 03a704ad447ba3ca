/** A language model behind the chat completions call, as far as a newsroom would notice; it can also misbehave. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Served, serve } from '#src/net/serve.ts';

export type Says =
  /** The model's words. */
  | string
  /** The answer's whole body. */
  | { status: number; headers?: Record<string, string>; body: string }
  | 'hang'
  | 'reset';

export interface Asked {
  path: string;
  headers: IncomingMessage['headers'];
  body: { model: string; temperature: number; max_tokens: number; messages: { role: string; content: string }[] };
}

export interface SummarizerServer extends Served {
  record: Asked[];
  /** What the next requests are told, in order; then the last one again. */
  say(...what: Says[]): void;
  /** Resolves when the next request has come in whole. */
  nextRequest(): Promise<void>;
}

export async function startSummarizer(): Promise<SummarizerServer> {
  const record: Asked[] = [];
  const waiting: (() => void)[] = [];
  let planned: Says[] = [];
  const served = await serve(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    record.push({ path: request.url ?? '', headers: request.headers, body: JSON.parse(String(Buffer.concat(chunks))) });
    for (const wake of waiting.splice(0)) wake();
    answer(response, (planned.length > 1 ? planned.shift() : planned[0]) ?? '');
  });
  return {
    ...served,
    record,
    say: (...what) => {
      planned = what;
    },
    nextRequest: () => new Promise((resolve) => waiting.push(resolve)),
  };
}

function answer(response: ServerResponse, says: Says): void {
  if (says === 'hang') return;
  if (says === 'reset') return void response.destroy();
  if (typeof says === 'object') return void response.writeHead(says.status, says.headers).end(says.body);
  const message = { role: 'assistant', content: says };
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion', choices: [{ index: 0, message }] }));
}
