import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Ledger } from '#src/stores/ledger.ts';
import { createLedger } from '#src/stores/postgres/ledger.ts';
import {
  createRow,
  minute,
  newArticle,
  newRevision,
  readyCreate,
  samplePost,
  start,
} from '#tests/contracts/ledger/samples.ts';
import { type MemoryDatabase, openMemoryDatabase } from '#tests/fakes/memory-database.ts';

let memory: MemoryDatabase;
let ledger: Ledger;

beforeAll(async () => {
  memory = await openMemoryDatabase();
  ledger = createLedger(memory.db, { newId: randomUUID });
});
beforeEach(() => memory.reset());
afterAll(() => memory.close());

/** The statements `work` sends. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const run = vi.spyOn(memory.pool, 'run');
  try {
    await work();
    return run.mock.calls.map(([text]) => text);
  } finally {
    run.mockRestore();
  }
}

const claimed = async () => {
  const { id } = await readyCreate(ledger);
  await ledger.deliveries.claim(id, start, start + minute);
  return id;
};

const writes: Record<string, () => Promise<() => Promise<unknown>>> = {
  'a new article': async () => () => ledger.articles.create(newArticle('a1', { deliveries: [createRow('board')] })),
  'a revision': async () => {
    await ledger.articles.create(newArticle('a1'));
    return () => ledger.articles.revise(newRevision('a1', 1));
  },
  'a ready revision': async () => {
    await ledger.articles.create(newArticle('a1'));
    return () => ledger.articles.markReady('a1', 1, start, ['latest']);
  },
  'a withdrawal': async () => {
    await ledger.articles.create(newArticle('a1'));
    return () => ledger.articles.withdraw({ articleId: 'a1', reason: 'test', now: start }, [], []);
  },
  'a held article': async () => {
    await ledger.articles.create(newArticle('a1'));
    return () => ledger.articles.hold('a1', start, []);
  },
  'a claim': async () => {
    const { id } = await readyCreate(ledger);
    return () => ledger.deliveries.claim(id, start, start + minute);
  },
  'a frozen post': async () => {
    const id = await claimed();
    return () => ledger.deliveries.freezePost(id, 1, samplePost({ id: 'article001', revision: 1 }));
  },
  'what was prepared': async () => {
    const id = await claimed();
    return () => ledger.deliveries.savePrepared(id, 1, {});
  },
  'a record': async () => {
    const id = await claimed();
    return () => ledger.deliveries.record(id, 1, { state: 'sent', reason: null, now: start, result: 'sent' });
  },
  'a move': async () => {
    const { id } = await readyCreate(ledger);
    return () => ledger.deliveries.move(id, ['waiting'], 'cancelled', { reason: 'test', now: start });
  },
  'a poll': async () => () =>
    ledger.sources.recordPoll({ sourceId: 'portal', refs: [], cursor: null, now: start, nextPollAt: start }),
};

describe('the ledger', () => {
  it.each(Object.entries(writes))('has %s on the disk when it says so, in one transaction', async (_name, prepare) => {
    const statements = await statementsOf(await prepare());
    expect(statements.slice(0, 2)).toEqual(['begin', 'SET LOCAL synchronous_commit = on']);
    expect(statements.at(-1)).toBe('commit');
    expect(statements.filter((text) => text === 'begin')).toHaveLength(1);
  });
});
