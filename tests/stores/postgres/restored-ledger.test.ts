import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ledger } from '#src/stores/ledger.ts';
import { createLedger } from '#src/stores/postgres/ledger.ts';
import { readyCreate, start, withdrawRow } from '#tests/contracts/ledger/samples.ts';
import { type MemoryDatabase, openMemoryDatabase } from '#tests/fakes/memory-database.ts';

let memory: MemoryDatabase;
let ledger: Ledger;

beforeAll(async () => {
  memory = await openMemoryDatabase();
  ledger = createLedger(memory.db, { newId: randomUUID });
});
beforeEach(() => memory.reset());
afterAll(() => memory.close());

describe('after a restored backup', () => {
  it('readings are baseline again when their source begins anew', async () => {
    const poll = (stamps: Record<string, string>) => {
      const refs = Object.entries(stamps).map(([externalId, stamp]) => {
        return { externalId, url: null, title: null, stamp, sign: 'changed' as const, payload: null };
      });
      return ledger.sources.recordPoll({ sourceId: 'portal', refs, cursor: null, now: start, nextPollAt: start });
    };
    await poll({});
    expect(await poll({ a: '1' })).toMatchObject([{ baseline: false }]);
    await memory.db.withSchema('loa').updateTable('sources').set({ baseline_at: null }).execute();
    expect(await poll({ a: '2', b: '1' })).toMatchObject([{ baseline: true }, { baseline: true }]);
    expect(await poll({ a: '3', c: '1' })).toMatchObject([{ baseline: true }, { baseline: false }]);
  });

  it('a withdrawal takes no post for unsent that may have been sent since the backup', async () => {
    const create = await readyCreate(ledger);
    const parked = { state: 'parked' as const, reason: 'restored from a backup', fence: 1 };
    await memory.db.withSchema('loa').updateTable('deliveries').set(parked).execute();
    await ledger.articles.withdraw(
      { articleId: create.articleId, reason: 'test', now: start },
      [withdrawRow('board')],
      [],
    );
    expect(await ledger.deliveries.get(create.id)).toMatchObject({ state: 'parked' });
    expect(await ledger.deliveries.list({ states: ['waiting'], limit: 9 })).toMatchObject([{ op: 'withdraw' }]);
  });
});
