import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeBackup } from '#src/stores/postgres/backup.ts';
import { createLedger } from '#src/stores/postgres/ledger.ts';
import { restoreBackup } from '#src/stores/postgres/restore.ts';
import { createRow, endClaim, newArticle, readyCreate, start } from '#tests/contracts/ledger/samples.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';
import { type MemoryDatabase, openMemoryDatabase } from '#tests/fakes/memory-database.ts';
import { openServerDatabase, type ServerDatabase } from '#tests/fakes/server-database.ts';
import { has } from '#tests/servers/has.ts';

describe.skipIf(!has('postgres'))('a backup moves between the embedded database and a server', () => {
  let embedded: MemoryDatabase;
  let server: ServerDatabase;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'loa-move-'));
    [embedded, server] = await Promise.all([openMemoryDatabase(), openServerDatabase()]);
  });
  afterAll(async () => {
    await Promise.all([embedded.close(), server.close()]);
    rmSync(folder, { recursive: true, force: true });
  });

  test('with every row, and nothing unsent goes out by itself', async () => {
    const before = createLedger(embedded.db, { newId: randomUUID });
    const sent = await readyCreate(before, 'sent');
    await endClaim(before, sent.id, { now: start });
    await readyCreate(before, 'unsent');
    await before.articles.create(newArticle('unready', { deliveries: [createRow('mail')] }));
    await before.sources.state('portal', start);
    const there = join(folder, 'there.gz');
    const rows = await writeBackup(embedded.db, there, manualClock());
    expect(await restoreBackup(server.db, there, manualClock())).toEqual(rows);

    const after = createLedger(server.db, { newId: randomUUID });
    expect(await after.articles.get('sent')).toEqual(await before.articles.get('sent'));
    const states = (await after.deliveries.list({ limit: 9 })).map(({ articleId, state }) => [articleId, state]);
    expect(Object.fromEntries(states)).toEqual({ sent: 'sent', unsent: 'parked', unready: 'parked' });
    expect(await after.deliveries.due(start * 2, 9)).toEqual([]);
    await expect(restoreBackup(server.db, there, manualClock())).rejects.toThrow('already holds something');

    const back = join(folder, 'back.gz');
    const kept = await writeBackup(server.db, back, manualClock());
    // Stories without marks have got theirs, so that they are known again.
    const marks = { article_addresses: expect.any(Number), story_marks: expect.any(Number) };
    expect(kept).toEqual({ ...rows, ...marks });
    expect(kept['story_marks']).toBeGreaterThan(0);
    await embedded.reset();
    expect(await restoreBackup(embedded.db, back, manualClock())).toEqual(kept);
  });
});
