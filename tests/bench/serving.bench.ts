/** A feed of fifty items, beside a bare `node:http` server that holds the same answers in memory. */
import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Bench } from '#tests/bench/bench.ts';
import { interleave } from '#tests/bench/interleave.ts';
import { answersPerSecond, askOnce, type Load } from '#tests/bench/load.ts';
import type { Report } from '#tests/bench/report.ts';
import type { BareAnswers } from '#tests/bench/serving-bare.ts';

const path = '/feeds/latest.rss';
const shape = { path, connections: 16, duration: 700 };

export const benches: Bench[] = [{ name: 'a feed of 50 items', run: measure }];

async function measure(report: Report): Promise<void> {
  const ours = await start('serving-ours.ts');
  for (const encoding of ['br', 'identity']) {
    const whole = { 'accept-encoding': encoding };
    const first = parse(await askOnce({ ...shape, port: ours.port, headers: whole }));
    const short = { ...whole, 'if-none-match': first.headers['etag']! };
    const second = parse(await askOnce({ ...shape, port: ours.port, headers: short }));
    assert.deepEqual([first.status, second.status], [200, 304]);
    const bare = await start('serving-bare.ts', {
      etag: first.headers['etag']!,
      headers: first.headers,
      body: first.body.toString('base64'),
      shortHeaders: second.headers,
    });
    await assertSame({ ...shape, port: ours.port, headers: whole }, bare.port);
    await assertSame({ ...shape, port: ours.port, headers: short }, bare.port);

    const size = `${(first.body.length / 1000).toFixed(0)} kB, ${encoding}`;
    await compare(report, `200 (${size})`, whole, [ours.port, bare.port]);
    if (encoding === 'br') await compare(report, '304', short, [ours.port, bare.port]);
    bare.process.disconnect();
  }
  ours.process.disconnect();
}

async function compare(report: Report, name: string, headers: Load['headers'], ports: [number, number]): Promise<void> {
  const load = (port: number) => () => answersPerSecond({ ...shape, port, headers });
  const measured = await interleave({ ours: load(ports[0]), peer: load(ports[1]) }, { warmups: 2 });
  report.compare(name, { ...measured, unit: 'answers/s', bar: { atLeast: 0.8 } });
}

async function start(file: string, message?: BareAnswers): Promise<{ process: ChildProcess; port: number }> {
  const child = fork(join(import.meta.dirname, file));
  if (message) child.send(message);
  const [{ port }] = await once(child, 'message');
  return { process: child, port };
}

/** Both answer alike but for the moment. */
async function assertSame(load: Load, port: number): Promise<void> {
  const answers = [await askOnce(load), await askOnce({ ...load, port })].map(parse);
  const [ours, bare] = answers.map(({ status, headers, body }) => ({
    status,
    body,
    headers: Object.entries(headers).sort(),
  }));
  assert.deepEqual(bare, ours);
}

function parse(answer: Buffer): { status: number; headers: Record<string, string>; body: Buffer } {
  const end = answer.indexOf('\r\n\r\n');
  const [first = '', ...lines] = answer.subarray(0, end).toString().split('\r\n');
  const headers = lines
    .map((line) => /^([^:]+): (.*)$/.exec(line)!)
    .map(([, name, value]): [string, string] => [name!.toLowerCase(), value!])
    // Each server writes its own.
    .filter(([name]) => !['date', 'connection', 'keep-alive'].includes(name));
  return { status: Number(first.split(' ')[1]), headers: Object.fromEntries(headers), body: answer.subarray(end + 4) };
}
