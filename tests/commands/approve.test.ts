import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '#src/ops/clock.ts';
import { createLog } from '#src/ops/log.ts';
import { openLedger } from '#src/stores/postgres/open-ledger.ts';
import { createRow, newArticle, sampleArticle } from '#tests/contracts/ledger/samples.ts';
import { recordingAlerts } from '#tests/fakes/alerts.ts';
import { runCommand } from '#tests/fakes/run-command.ts';

const cwd = mkdtempSync(join(tmpdir(), 'loa-approve-'));
const run = (...args: string[]) => runCommand(args, { cwd });

beforeAll(async () => {
  mkdirSync(join(cwd, 'config'));
  writeFileSync(
    join(cwd, 'config/loa.yaml'),
    `site: { name: Báo, url: https://bao.example, language: vi, timezone: Asia/Ho_Chi_Minh }
publicUrl: https://tin.example
sources: [{ id: portal, kind: feed, url: https://bao.example/rss }]
channels: [{ id: page, kind: board, approval: required }]
`,
  );
  const opened = await openLedger({
    database: 'embedded',
    alerts: recordingAlerts(),
    data: join(cwd, 'data'),
    log: createLog({ level: 'error', destination: { write: () => {} }, human: false }),
    clock: systemClock,
  });
  const waiting = { reason: 'waits for approval', notBefore: Date.UTC(9999, 0) };
  const now = Date.now();
  for (const id of ['aaaaaaaaa1', 'aaaaaaaaa2']) {
    const article = sampleArticle({ publishedAt: new Date(now - 60_000).toISOString() });
    const deliveries = [createRow('page', { ...waiting, key: id })];
    await opened.ledger.articles.create(newArticle(id, { article, deliveries, now }));
    await opened.ledger.articles.markReady(id, 1, now, []);
  }
  await opened.close();
});

async function waiting(): Promise<string> {
  const { deliveries } = JSON.parse((await run('delivery', 'list', '--state', 'waiting', '--json')).out);
  return deliveries.find(({ reason }: { reason: string }) => reason === 'waits for approval').id;
}

describe('a post that waits for approval', () => {
  test('is listed as waiting, and shown with its exact text, count and limit', async () => {
    const id = await waiting();
    const { out, err } = await run('delivery', 'show', id);
    expect(err).toBe('');
    expect(out).toMatch(/^page: post, waiting: waits for approval\n── page \(board\): \d+/);
    expect(out).toContain('Cầu mới bắc qua sông Kỳ Vỹ');
    expect(out).toContain(`It goes out after: loa delivery approve ${id}`);
    const { delivery } = JSON.parse((await run('delivery', 'show', id, '--json')).out);
    expect(delivery).toMatchObject({
      id,
      state: 'waiting',
      approved: null,
      post: { unit: expect.any(String), notes: [] },
    });
    expect(out).toContain(delivery.post.text);
  });

  test('goes as it is, or with the text of a file', async () => {
    const first = await waiting();
    const approved = await run('delivery', 'approve', first);
    expect(approved).toMatchObject({ code: 0, err: '' });
    expect(approved.out).toMatch(/^page: approved by .+, waiting$/);
    expect(await run('delivery', 'approve', first)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/was approved by .+ already/),
    });
    const second = await waiting();
    writeFileSync(join(cwd, 'text.txt'), 'Cầu đã thông xe #KỳVỹ\n');
    const { out } = await run('delivery', 'approve', second, '--file', 'text.txt', '--json');
    expect(JSON.parse(out).delivery).toMatchObject({ id: second, state: 'waiting', reason: null });
    const { delivery } = JSON.parse((await run('delivery', 'show', second, '--json')).out);
    expect(delivery.post).toMatchObject({ text: 'Cầu đã thông xe #KỳVỹ' });
    expect(delivery.post.notes.join()).toContain("the article's link is not in the text");
    expect(delivery.approved).toMatchObject({ by: expect.any(String), at: expect.stringMatching(/Z$/) });
  });

  test('has one text, of a delivery that is there', async () => {
    expect(await run('delivery', 'approve', 'x', '--text', 'a', '--file', 'b')).toMatchObject({ code: 2 });
    expect(await run('delivery', 'retry', 'x', '--text', 'a')).toMatchObject({
      code: 2,
      err: '--text belongs to "delivery approve ID".\nloa help delivery',
    });
    expect(await run('delivery', 'approve', 'nothing')).toMatchObject({ code: 1, out: '' });
    expect(await run('delivery', 'show', 'nothing')).toMatchObject({ code: 1, out: '' });
    expect(await run('delivery', 'approve', 'x', '--file', 'missing.txt')).toMatchObject({
      code: 1,
      err: expect.stringContaining('missing.txt cannot be read'),
    });
    writeFileSync(join(cwd, 'latin.txt'), Buffer.from([0xe9, 0x20]));
    expect((await run('delivery', 'approve', 'x', '--file', 'latin.txt')).err).toContain('UTF-8');
  });
});

describe('stop-all while the database cannot be opened', () => {
  const file = join(cwd, 'data/stopped');

  test('stops by the file, and says so; resume-all waits for the database', async () => {
    renameSync(join(cwd, 'data/db'), join(cwd, 'data/away'));
    writeFileSync(join(cwd, 'data/db'), 'no database');
    const { code, out, err } = await run('stop-all', '--reason', 'sai ảnh');
    expect(code).toBe(0);
    expect(out).toMatch(/^All posting is stopped since .* by .*: sai ảnh$/m);
    expect(err).toMatch(/the database did not take it .*: it holds by data\/stopped on this machine/);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ reason: 'sai ảnh', inLedger: false });
    expect(await run('resume-all')).toMatchObject({ code: 1 });
    expect(existsSync(file)).toBe(true);

    renameSync(join(cwd, 'data/db'), join(cwd, 'data/broken'));
    renameSync(join(cwd, 'data/away'), join(cwd, 'data/db'));
    expect((await run('resume-all')).out).toContain('Posts go out again');
    expect(existsSync(file)).toBe(false);
  });
});
