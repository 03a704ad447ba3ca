import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { board } from '#src/channels/board.ts';
import { waitsForApproval } from '#src/core/delivery.ts';
import { UserError } from '#src/core/errors.ts';
import { previewArticle } from '#src/delivery/preview.ts';
import { writeRunFile } from '#src/ops/run-file.ts';
import { commandRoutes } from '#src/server/command-routes.ts';
import { delivery } from '#tests/fakes/delivery.ts';
import { previewDeps } from '#tests/fakes/preview-deps.ts';
import { runCommand } from '#tests/fakes/run-command.ts';
import { read } from '#tests/fakes/settings.ts';
import { photoRecords, storedArticle } from '#tests/fakes/stored-article.ts';
import { runToken, startServer } from '#tests/server/server-bench.ts';

const cwd = mkdtempSync(join(tmpdir(), 'loa-worker-'));
const article = storedArticle();
const content = {
  articles: [article],
  photos: photoRecords(article),
  sources: [
    {
      sourceId: 'portal',
      cursor: null,
      baselineAt: Date.parse('2026-11-25T00:00:00Z'),
      lastPollAt: Date.parse('2026-11-25T02:30:00Z'),
      lastSuccessAt: null,
      nextPollAt: Date.parse('2026-11-25T02:40:00Z'),
      failures: 2,
      lastError: 'bao.example answers 503',
    },
  ],
  holds: [{ sourceId: 'portal', hold: 'burst' as const, count: 12 }],
};
const backups: string[] = [];
const text = `
site: { name: Báo, url: https://bao.example, language: vi, timezone: Asia/Ho_Chi_Minh }
publicUrl: https://tin.example
sources: [{ id: portal, kind: feed, url: https://bao.example/rss }]
channels: [{ id: page, kind: board }]
`;

const refuse = async () => {
  throw new UserError('It stands otherwise.', { next: 'Look at it.' });
};
const refusing = {
  ...{ hold: refuse, release: refuse, withdraw: refuse },
  ...{ approve: refuse, retry: refuse, cancel: refuse, adopt: refuse },
};
const unheld = { fold: refuse, seen: refuse, newest: refuse, drip: refuse };
const approvals: object[] = [];
const shownPost = {
  ...{ channel: 'page', kind: 'board', text: 'Cầu mới\nhttps://bao.example/1', length: 29, limit: 300 },
  ...{
    unit: 'graphemes',
    link: 'https://bao.example/1',
    photos: [],
    language: 'vi',
    notes: ['one photo was left out'],
  },
};
const stops: { by: string; reason: string | null }[] = [];

let server: Awaited<ReturnType<typeof startServer>>;

beforeAll(async () => {
  mkdirSync(join(cwd, 'config'));
  mkdirSync(join(cwd, 'data'));
  writeFileSync(join(cwd, 'config/loa.yaml'), text);
  const { settings } = read(text);
  const api = commandRoutes({
    preview: (id, channelId) => previewArticle(id, channelId, previewDeps(content, settings, [board])),
    decisions: {
      ...refusing,
      source: {
        ...unheld,
        newest: async (sourceId, count) => ({ sourceId, renamed: 0, fresh: 12, posts: count, skipped: 12 - count }),
      },
      hold: async () => ({ ...article, state: 'held' }),
      async approve(id, approval) {
        approvals.push({ id, ...approval });
        return delivery({ id, channelId: 'page', state: 'waiting', approved: { by: approval.by, at: 0 } });
      },
      async stopAll(by, reason) {
        stops.push({ by, reason });
        return { since: Date.parse('2026-11-25T02:31:00Z'), by: 'anna', reason };
      },
      resumeAll: async () => null,
    },
    show: async (id) =>
      id === 'd1'
        ? {
            delivery: delivery({ id, channelId: 'page', state: 'waiting', reason: waitsForApproval }),
            post: shownPost,
            revision: 1,
          }
        : null,
    backupTo: async (file) => void backups.push(file),
    backtest: async () => ({ from: '2026-11-18T02:31:00Z', to: '2026-11-25T02:31:00Z', articles: 0, channels: [] }),
    tryChannel: async (channel, withPost) => ({
      ...{ channel, kind: 'board', account: 'Báo Ví Dụ', expiresAt: null },
      limits: { length: 300, unit: 'graphemes', photos: 4 },
      post: { state: withPost ? 'taken back' : 'not tried', url: null, detail: null },
    }),
  });
  server = await startServer({ ledger: content, api });
  await writeRunFile(join(cwd, 'data'), { pid: process.pid, url: server.url, token: runToken });
});

afterAll(() => server.close());

describe('while a worker runs', () => {
  test('article list comes from it, as one JSON document or as a table', async () => {
    const { code, out, err } = await runCommand(['article', 'list', '--json'], { cwd });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const { id, headline, url, publishedAt } = article;
    expect(JSON.parse(out)).toEqual({ articles: [{ id, headline, url, publishedAt, revision: 1, state: 'live' }] });
    expect((await runCommand(['article', 'list'], { cwd })).out).toContain(`${id}  2026-11-25 09:30`);
  });

  test('article trace tells the story; an unknown id says so', async () => {
    const { out } = await runCommand(['article', 'trace', article.id], { cwd });
    expect(out).toContain(article.headline);
    expect(out).toMatch(/Channel \S+: Not posted/);
    expect(await runCommand(['article', 'trace', 'nothing000'], { cwd })).toEqual({
      code: 1,
      out: '',
      err: 'There is no article nothing000.\nTheir ids: loa article list',
    });
  });

  test('preview of a stored article shows its rendered photos', async () => {
    const { out } = await runCommand(['preview', article.id, '--json'], { cwd });
    expect(JSON.parse(out).posts).toMatchObject([
      {
        channel: 'page',
        kind: 'board',
        limit: null,
        unit: 'graphemes',
        link: new URL(article.url!).href,
        language: 'vi',
      },
    ]);
    expect(JSON.parse(out).posts[0].photos[0]).toMatchObject({ width: 1280, type: 'image/jpeg' });
  });

  test('backup is written by it', async () => {
    expect(await runCommand(['backup', 'copy.gz'], { cwd })).toMatchObject({ code: 0 });
    expect(backups).toEqual([join(cwd, 'copy.gz')]);
  });

  test('stop-all names who asks and why, and says when it began; resume-all says when nothing was stopped', async () => {
    const { code, out } = await runCommand(['stop-all', '--reason', 'wrong photo everywhere'], { cwd });
    expect(code).toBe(0);
    expect(out).toContain('All posting is stopped since 2026-11-25 09:31 by anna: wrong photo everywhere');
    expect(stops).toEqual([{ by: expect.stringMatching(/./), reason: 'wrong photo everywhere' }]);
    expect(await runCommand(['resume-all'], { cwd })).toEqual({ code: 0, out: 'Posting is not stopped.', err: '' });
    expect((await runCommand(['stop-all', 'page'], { cwd })).err).toContain('loa channel pause page');
    expect(await runCommand(['stop-all', '--reason', 'x'.repeat(700)], { cwd })).toMatchObject({ code: 0, err: '' });
  });

  test('it is asked from a shell that does not know its secrets, and while its settings are being changed', async () => {
    const secret = `{ id: hook, kind: webhook, settings: { url: "\${env:LOA_NOWHERE}" } }`;
    writeFileSync(join(cwd, 'config/secret.yaml'), text.replace('{ id: page, kind: board }', secret));
    writeFileSync(join(cwd, 'config/changed.yaml'), text.replace('kind: board', 'kind: bord'));
    for (const config of ['config/secret.yaml', 'config/changed.yaml']) {
      const run = (...args: string[]) => runCommand([...args, '--config', config], { cwd });
      expect((await run('article', 'list')).out).toContain(`${article.id}  2026-11-25 09:30`);
      expect(await run('stop-all')).toMatchObject({ code: 0, out: expect.stringContaining('since 2026-11-25 09:31') });
    }
    writeFileSync(join(cwd, 'config/elsewhere.yaml'), `data: ./none\n${text.replace('kind: board', 'kind: bord')}`);
    const err = expect.stringMatching(/^1 mistake in the settings/);
    expect(await runCommand(['article', 'list', '--config', 'config/elsewhere.yaml'], { cwd })).toMatchObject({
      code: 1,
      err,
    });
  });

  test('a channel is tried by it', async () => {
    expect((await runCommand(['channel', 'test', 'page'], { cwd })).out).toBe(
      'page (board): the credentials work for Báo Ví Dụ\ntakes 300 graphemes and 4 photos\ntest post: taken back',
    );
    const { out } = await runCommand(['channel', 'test', 'page', '--no-post', '--json'], { cwd });
    expect(JSON.parse(out)).toMatchObject({ channel: 'page', post: { state: 'not tried' } });
  });

  test('a decision is carried out by it, and its refusal is told', async () => {
    expect(await runCommand(['article', 'hold', article.id], { cwd })).toMatchObject({
      code: 0,
      out: `${article.headline}: held`,
    });
    expect(await runCommand(['delivery', 'adopt', 'd1', 'https://a.example/1', '--json'], { cwd })).toEqual({
      code: 1,
      out: '',
      err: 'It stands otherwise.\nLook at it.',
    });
  });

  test('a post that waits for approval is shown, and approved by name with the text given', async () => {
    const { out } = await runCommand(['delivery', 'show', 'd1'], { cwd });
    expect(out).toMatch(/^page: post, waiting: waits for approval\n── page \(board\): 29 of 300 graphemes\nCầu mới\n/);
    expect(out).toContain('note: one photo was left out');
    expect(out).toMatch(/It goes out after: loa delivery approve d1$/);
    expect(await runCommand(['delivery', 'show', 'd2'], { cwd })).toMatchObject({ code: 1, out: '' });
    await runCommand(['delivery', 'approve', 'd1'], { cwd });
    await runCommand(['delivery', 'approve', 'd1', '--text', 'Cầu đã thông xe'], { cwd });
    const by = expect.any(String);
    expect(approvals).toEqual([
      { id: 'd1', by },
      { id: 'd1', by, text: 'Cầu đã thông xe' },
    ]);
  });

  test('source list tells how each stands and what is held; a decision about it is carried out', async () => {
    const { out } = await runCommand(['source', 'list', '--json'], { cwd });
    expect(JSON.parse(out)).toEqual({
      sources: [
        {
          id: 'portal',
          kind: 'feed',
          place: null,
          state: 'failing',
          lastPollAt: '2026-11-25T02:30:00.000Z',
          nextPollAt: '2026-11-25T02:40:00.000Z',
          articles: 1,
          failures: 2,
          error: 'bao.example answers 503',
          held: { shift: 0, burst: 12 },
        },
      ],
    });
    expect((await runCommand(['source', 'list'], { cwd })).out).toMatch(
      /portal +feed .* 12 at once +bao.example answers 503/,
    );
    expect(await runCommand(['source', 'newest', 'portal', '3'], { cwd })).toEqual({
      code: 0,
      out: 'portal: the posts of 3 articles go out at the pace of each channel; 9 articles are marked as seen and not posted',
      err: '',
    });
    expect(await runCommand(['source', 'fold', 'portal'], { cwd })).toMatchObject({
      code: 1,
      err: 'It stands otherwise.\nLook at it.',
    });
  });

  test('wrong usage never asks it', async () => {
    for (const argv of [
      ['article'],
      ['article', 'trace'],
      ['article', 'lst'],
      ['delivery'],
      ['delivery', 'list', '--state', 'snt'],
      ['backup'],
      ['preview'],
      ['article', 'list', '--limit', '0'],
      ['source'],
      ['source', 'fold'],
      ['source', 'newest', 'portal'],
      ['source', 'newest', 'portal', '0'],
      ['source', 'seen', 'portal', '3'],
    ]) {
      expect(await runCommand(argv, { cwd }), argv.join(' ')).toMatchObject({ code: 2, out: '' });
    }
  });
});

describe('without a worker', () => {
  test('a run file that was left behind does no harm, and a missing ledger is said', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'loa-worker-'));
    mkdirSync(join(elsewhere, 'config'));
    mkdirSync(join(elsewhere, 'data'));
    writeFileSync(join(elsewhere, 'config/loa.yaml'), text);
    await writeRunFile(join(elsewhere, 'data'), { pid: 1, url: 'http://127.0.0.1:9', token: 'old' });
    const { code, err } = await runCommand(['delivery', 'list'], { cwd: elsewhere });
    expect(code).toBe(1);
    expect(err).toMatch(/^There is no ledger in .*data yet\.\nStart Loa first: npm start$/);
  });
});
