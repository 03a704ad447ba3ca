/** How a fake service misbehaves: instead of doing what it is asked, or after it. */
import type { ServerResponse } from 'node:http';

export interface PlainAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

export type Mood =
  /** Does nothing, and answers so. */
  | PlainAnswer
  /** Does nothing, and never answers. */
  | 'hang'
  /** Each of these does first what it is asked. Breaks the connection. */
  | 'answer lost'
  /** A proxy answers 502 with a page of its own. */
  | 'proxy page'
  | '500'
  /** 200, but the answer is a page, */
  | 'html'
  /** or JSON that ends too soon, */
  | 'garbage'
  /** or JSON without anything in it, */
  | 'empty'
  /** or ten megabytes, */
  | 'huge'
  /** or comes a byte at a time and never ends. */
  | 'drip';

/** Whether what is asked for is done all the same. */
export const isTaken = (mood: Mood | undefined): boolean => typeof mood !== 'object' && mood !== 'hang';

/** Answers in that mood, or not at all. */
export function answerBadly(response: ServerResponse, mood: Mood): void {
  if (mood === 'hang') return;
  if (typeof mood === 'object') response.writeHead(mood.status, mood.headers).end(mood.body ?? '{}');
  else if (mood === 'answer lost') response.socket?.resetAndDestroy();
  else if (mood === '500') response.writeHead(500).end('{"error":"InternalServerError"}');
  else if (mood === 'proxy page') response.writeHead(502, html).end('<h1>Bad gateway</h1>');
  else if (mood === 'html') response.writeHead(200, html).end('<h1>Please log in to the network</h1>');
  else if (mood === 'drip') drip(response);
  else response.writeHead(200, json).end({ garbage: '{"uri":"at://', empty: '{}', huge: huge() }[mood]);
}

const html = { 'content-type': 'text/html' };
const json = { 'content-type': 'application/json' };

const huge = () => `{"filler":"${'x'.repeat(10 * 1024 * 1024)}"}`;

function drip(response: ServerResponse): void {
  response.writeHead(200, json).write('{');
  const timer = setInterval(() => response.write(' '), 200);
  response.on('close', () => clearInterval(timer));
}
