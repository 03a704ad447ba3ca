/** Stands before a fake service, passes everything on, and holds a request at the point a test names. */
import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Served, serve } from '#src/net/serve.ts';
import { systemClock } from '#src/ops/clock.ts';

/** `coming`: the service has read nothing of it yet. `accepted`: the service has answered, and nobody heard it. */
export type GatePoint = 'coming' | 'accepted';

export interface Held {
  /** Resolves once a request stands at the point; never when none comes. */
  reached: Promise<void>;
  /** Lets it go on, to whoever still listens. */
  release(): void;
}

export interface Gate extends Served {
  /** The next request whose method and path match. */
  hold(point: GatePoint, what: RegExp): Held;
  /** From now on nothing that matches is answered, nor passed on; ends with what hangs being cut off. */
  hang(what: RegExp): () => void;
  /** What matches is passed on so much later, milliseconds. */
  slow(what: RegExp, ms: number): () => void;
  /** Method, path and time of every request that came, in milliseconds since the epoch. */
  calls: { what: string; at: number }[];
}

interface Watch {
  point: GatePoint;
  what: RegExp;
  here: () => void;
  free: Promise<void>;
}

/** `target`: the address of the service. */
export async function startGate(target: string): Promise<Gate> {
  const watches = new Set<Watch>();
  const hanging = new Map<RegExp, ServerResponse[]>();
  const slow = new Map<RegExp, number>();
  const calls: Gate['calls'] = [];
  const stop = async (point: GatePoint, called: string): Promise<void> => {
    const watch = [...watches].find((one) => one.point === point && one.what.test(called));
    if (!watch) return;
    watches.delete(watch);
    watch.here();
    await watch.free;
  };
  const served = await serve(async (request, response) => {
    const called = `${request.method} ${request.url}`;
    calls.push({ what: called, at: Date.now() });
    const body = await read(request);
    const [, cut] = [...hanging].find(([what]) => what.test(called)) ?? [];
    if (cut) return void cut.push(response);
    const [, delay] = [...slow].find(([what]) => what.test(called)) ?? [];
    if (delay) await systemClock.sleep(delay);
    await stop('coming', called);
    // Whoever was killed meanwhile has taken its request with it.
    if (response.destroyed || request.socket.destroyed) return;
    const answer = await pass(request, body, target).catch(() => null);
    // A service that names its own address must not be asked there.
    if (answer) answer.body = Buffer.from(answer.body.toString('latin1').replaceAll(target, served.url), 'latin1');
    await stop('accepted', called);
    give(answer, response);
  });
  return {
    ...served,
    calls,
    hold(point, what) {
      const here = Promise.withResolvers<void>();
      const free = Promise.withResolvers<void>();
      watches.add({ point, what, here: here.resolve, free: free.promise });
      return { reached: here.promise, release: free.resolve };
    },
    hang(what) {
      const cut: ServerResponse[] = [];
      hanging.set(what, cut);
      return () => {
        hanging.delete(what);
        for (const response of cut) response.socket?.resetAndDestroy();
      };
    },
    slow(what, ms) {
      slow.set(what, ms);
      return () => void slow.delete(what);
    },
  };
}

interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

async function read(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream) chunks.push(chunk);
  } catch {
    // Its sender is dead.
  }
  return Buffer.concat(chunks);
}

function pass({ method, url, headers }: IncomingMessage, body: Buffer, target: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { connection: _own, 'transfer-encoding': _chunks, ...kept } = headers;
    const options = { method, headers: { ...kept, 'content-length': body.length }, agent: false as const };
    ask(target + url, options, async (answer) => {
      resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: await read(answer) });
    })
      .on('error', reject)
      .end(body);
  });
}

/** Null: the service broke the connection. */
function give(answer: Answer | null, response: ServerResponse): void {
  if (answer === null) return void response.socket?.resetAndDestroy();
  const { connection: _own, 'transfer-encoding': _chunks, ...kept } = answer.headers;
  response.writeHead(answer.status, { ...kept, 'content-length': answer.body.length }).end(answer.body);
}
