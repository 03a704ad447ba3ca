/** Talks to the running worker, which alone may open its ledger. */
import { isIP } from 'node:net';
import { HttpFailure, UserError } from '#src/core/errors.ts';
import type { Clock } from '#src/core/tools.ts';
import { createHttp } from '#src/net/http-client.ts';
import { readRunFile } from '#src/ops/run-file.ts';

export interface WorkerRequest {
  /** Below `/api/v1`: `/articles?limit=5`. */
  path: string;
  method?: 'GET' | 'POST';
  body?: unknown;
  timeoutMs?: number;
}

const loopback = ['127.0.0.0/8', '::1/128'];

export interface WorkerAnswer {
  /** JSON; null: there is no such thing. */
  document: unknown;
}

/** What it answers; null when none runs on this data folder. Throws `UserError` with its reason when it refuses. */
export async function askWorker(data: string, request: WorkerRequest, clock: Clock): Promise<WorkerAnswer | null> {
  const run = await readRunFile(data);
  if (!run) return null;
  const { path, method = 'GET', body, timeoutMs = 30_000 } = request;
  // It may listen on another address of this machine: what our own file says is nobody's to choose.
  const own = new URL(run.url).hostname.replace(/^\[|\]$/g, '');
  const http = createHttp({ allow: [...loopback, ...(isIP(own) ? [own] : [])], userAgent: 'loa', clock });
  try {
    const answer = await http.request({
      url: `${run.url}/api/v1${path}`,
      method,
      headers: { authorization: `Bearer ${run.token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
      maxBytes: 100 * 1024 * 1024,
      timeoutMs,
      patient: true,
      operatorUrl: true,
    });
    return readAnswer(answer.status, Buffer.from(answer.body).toString());
  } catch (error) {
    // A worker that was killed leaves its file behind, and nobody listens there.
    if (error instanceof HttpFailure && error.kind === 'refused') return null;
    throw error;
  } finally {
    await http.close();
  }
}

/** Null: somebody else's program listens at that address by now. */
function readAnswer(status: number, text: string): WorkerAnswer | null {
  if (status === 401 || status === 403) return null;
  if (status === 404) return { document: null };
  const document = parseJson(text) as { error?: string; next?: string } | null;
  if (status < 300 && document) return { document };
  if (document?.error) throw new UserError(document.error, document.next ? { next: document.next } : {});
  throw new UserError(`The running worker answered ${status}.`, { next: 'Its log says why.' });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
