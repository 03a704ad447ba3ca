/** Readers that ask for one thing again and again, over connections that stay open. */
import { connect, type Socket } from 'node:net';

export interface Load {
  port: number;
  path: string;
  headers: Readonly<Record<string, string>>;
  connections: number;
  /** For how long, in milliseconds. */
  duration: number;
}

/**
 * Answers a second. The answers must all be as long as the first: they are counted by their bytes alone, because a
 * full HTTP client takes more of the machine than the server does.
 */
export async function answersPerSecond(load: Load): Promise<number> {
  const request = Buffer.from(requestText(load));
  const size = (await ask(load.port, request)).length;
  const start = performance.now();
  const end = start + load.duration;
  const counts = await Promise.all(
    Array.from({ length: load.connections }, () => askUntil(end, load.port, request, size)),
  );
  return counts.reduce((sum, count) => sum + count, 0) / ((performance.now() - start) / 1000);
}

/** One whole answer, head and body. */
export function askOnce(load: Pick<Load, 'port' | 'path' | 'headers'>): Promise<Buffer> {
  return ask(load.port, Buffer.from(requestText(load)));
}

function requestText({ port, path, headers }: Pick<Load, 'port' | 'path' | 'headers'>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${lines.join('')}\r\n`;
}

function ask(port: number, request: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    let answer = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      answer = Buffer.concat([answer, chunk]);
      const head = answer.indexOf('\r\n\r\n') + 4;
      if (head < 4) return;
      const length = /^content-length: (\d+)/im.exec(answer.subarray(0, head).toString())?.[1];
      if (answer.length < head + Number(length ?? 0)) return;
      socket.destroy();
      resolve(answer);
    });
    socket.on('error', reject);
  });
}

function askUntil(end: number, port: number, request: Buffer, size: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let [count, left] = [0, size];
    const socket: Socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.setNoDelay(true);
    socket.on('data', (chunk) => {
      left -= chunk.length;
      if (left > 0) return;
      if (left < 0) socket.destroy(new Error('An answer was longer than the first'));
      count += 1;
      left = size;
      if (performance.now() < end) socket.write(request);
      else socket.end();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(count));
  });
}
