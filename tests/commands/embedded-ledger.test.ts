import { mkdirSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '#src/ops/clock.ts';
import { createLog } from '#src/ops/log.ts';
import { openLedger } from '#src/stores/postgres/open-ledger.ts';
import { createRow, newArticle } from '#tests/contracts/ledger/samples.ts';
import { recordingAlerts } from '#tests/fakes/alerts.ts';
import { runCommand } from '#tests/fakes/run-command.ts';

const cwd = mkdtempSync(join(tmpdir(), 'loa-ledger-'));

beforeAll(async () => {
  mkdirSync(join(cwd, 'config'));
  writeFileSync(
    join(cwd, 'config/loa.yaml'),
    `site: { name: Báo, url: https://bao.example, language: vi, timezone: Asia/Ho_Chi_Minh }
publicUrl: https://tin.example
sources: [{ id: portal, kind: feed, url: https://bao.example/rss }]
channels: [{ id: page, kind: board }]
`,
  );
  const log = createLog({ level: 'error', destination: { write: () => {} }, human: false });
  const opened = await openLedger({
    database: 'embedded',
    alerts: recordingAlerts(),
    data: join(cwd, 'data'),
    log,
    clock: systemClock,
  });
  const deliveries = [createRow('page', { reason: 'quiet hours' })];
  await opened.ledger.articles.create(newArticle('aaaaaaaaa1', { deliveries }));
  const other = { sourceId: 'portal', externalId: 'guid-2', canonicalUrl: 'https://bao.example/2' };
  await opened.ledger.articles.create(newArticle('aaaaaaaaa2', { keys: other }));
  await opened.close();
});

describe('without a worker the ledger is opened itself', () => {
  test('for the lists and the story of an article', async () => {
    const articles = await runCommand(['article', 'list', '--json'], { cwd });
    expect(articles.err).toBe('');
    expect(JSON.parse(articles.out).articles).toContainEqual(
      expect.objectContaining({ id: 'aaaaaaaaa1', revision: 1, state: 'live' }),
    );
    const { out } = await runCommand(['delivery', 'list', '--state', 'waiting', '--json'], { cwd });
    expect(JSON.parse(out)).toEqual({
      deliveries: [
        {
          id: expect.any(String),
          article: 'aaaaaaaaa1',
          channel: 'page',
          op: 'create',
          state: 'waiting',
          reason: 'quiet hours',
          url: null,
          attempts: 0,
          dueAt: null,
          updatedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        },
      ],
    });
    expect((await runCommand(['delivery', 'list', '--state', 'dead'], { cwd })).out).toBe('No deliveries are dead.');
    expect((await runCommand(['article', 'trace', 'aaaaaaaaa1'], { cwd })).out).toContain(
      'Channel page: Waits: quiet hours',
    );
  });

  test('for the queues, which are in it', async () => {
    const { out, err } = await runCommand(['queue', 'pause', 'poll', '--json'], { cwd });
    expect(err).toBe('');
    expect(JSON.parse(out).queues).toMatchObject([{ name: 'poll', isPaused: true }]);
    expect((await runCommand(['queue', 'resume'], { cwd })).out).not.toContain('paused');
    expect((await runCommand(['queue', 'retry'], { cwd })).out).toContain('No job has failed.');
  });

  test('to stop all posting, which every list says until it is resumed', async () => {
    const stopped = /^All posting is stopped since \d{4}-\d\d-\d\d \d\d:\d\d by .+: thử$/m;
    const { out, err } = await runCommand(['stop-all', '--reason', 'thử'], { cwd });
    expect(err).toBe('');
    expect(out).toMatch(stopped);
    expect((await runCommand(['delivery', 'list'], { cwd })).out).toMatch(stopped);
    expect((await runCommand(['article', 'trace', 'aaaaaaaaa1'], { cwd })).out).toMatch(/All posting is stopped since/);
    const { stopped: told } = JSON.parse((await runCommand(['delivery', 'list', '--json'], { cwd })).out);
    expect(told).toMatchObject({ reason: 'thử', since: expect.stringMatching(/Z$/) });
    const resumed = JSON.parse((await runCommand(['resume-all', '--json'], { cwd })).out);
    expect(resumed).toEqual({ ended: told });
    expect((await runCommand(['delivery', 'list'], { cwd })).out).not.toContain('stopped');
  });

  test('for what a person decides', async () => {
    const held = await runCommand(['article', 'hold', 'aaaaaaaaa1', '--json'], { cwd });
    expect(JSON.parse(held.out)).toMatchObject({ article: { id: 'aaaaaaaaa1', state: 'held' } });
    expect((await runCommand(['article', 'hold', 'aaaaaaaaa1'], { cwd })).err).toBe(
      'Article aaaaaaaaa1 is held: only a live one can be held.',
    );
    expect(await runCommand(['article', 'release', 'aaaaaaaaa1'], { cwd })).toMatchObject({ code: 0 });
    const { out } = await runCommand(['delivery', 'list', '--json'], { cwd });
    const { id } = JSON.parse(out).deliveries[0];
    expect((await runCommand(['delivery', 'cancel', id], { cwd })).out).toBe('page: cancelled, cancelled by a person');
    expect((await runCommand(['delivery', 'retry', id], { cwd })).out).toMatch(/^page: waiting, /);
    expect(await runCommand(['delivery', 'retry', 'nothing'], { cwd })).toMatchObject({ code: 1, out: '' });
    const taken = await runCommand(['article', 'withdraw', 'aaaaaaaaa2', '--reason', 'wrong photo'], { cwd });
    expect(taken.out).toContain(': withdrawn');
    expect((await runCommand(['article', 'trace', 'aaaaaaaaa2'], { cwd })).out).toContain('Withdrawn: wrong photo');
  });

  test('and for a copy, which restores with everything unsent parked', async () => {
    expect(await runCommand(['backup', 'copy.jsonl.gz'], { cwd })).toMatchObject({ code: 0, err: '' });
    expect(await runCommand(['backup', 'copy.jsonl.gz'], { cwd })).toMatchObject({ code: 1 });
    expect(await runCommand(['restore', 'copy.jsonl.gz'], { cwd })).toMatchObject({ code: 1 });
    renameSync(join(cwd, 'data/db'), join(cwd, 'data/db.old'));
    const restored = await runCommand(['restore', 'copy.jsonl.gz'], { cwd });
    expect(restored).toMatchObject({ code: 0, err: '' });
    expect(restored.out).toContain('Restored: 2 articles, 1 delivery.');
    const { out } = await runCommand(['delivery', 'list', '--json'], { cwd });
    expect(JSON.parse(out).deliveries).toMatchObject([{ article: 'aaaaaaaaa1', state: 'parked' }]);
  });

  test('for the switch a person has over a channel', async () => {
    const paused = await runCommand(['channel', 'pause', 'page'], { cwd });
    expect(paused).toEqual({ code: 0, out: 'page: paused by a person', err: '' });
    const { out } = await runCommand(['channel', 'list', '--json'], { cwd });
    expect(JSON.parse(out)).toEqual({
      channels: [{ id: 'page', kind: 'board', state: 'paused', reason: 'by a person', until: null }],
    });
    expect((await runCommand(['channel', 'resume', 'page'], { cwd })).out).toBe('page: active');
    expect(await runCommand(['channel', 'resume', 'pge'], { cwd })).toMatchObject({
      code: 1,
      err: 'There is no channel "pge": did you mean "page"?\nThere are: page',
    });
    expect(await runCommand(['channel', 'pause'], { cwd })).toMatchObject({ code: 2, out: '' });
  });
});
