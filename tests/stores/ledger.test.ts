import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { createLedger } from '#src/stores/postgres/ledger.ts';
import { approvalContract } from '#tests/contracts/ledger/approvals.ts';
import { articleContract } from '#tests/contracts/ledger/articles.ts';
import { claimContract } from '#tests/contracts/ledger/claims.ts';
import { deliveryContract } from '#tests/contracts/ledger/deliveries.ts';
import { identityContract } from '#tests/contracts/ledger/identity.ts';
import { listContract } from '#tests/contracts/ledger/lists.ts';
import { raceContract } from '#tests/contracts/ledger/races.ts';
import { rateContract } from '#tests/contracts/ledger/rates.ts';
import { sessionContract } from '#tests/contracts/ledger/sessions.ts';
import { smallStoresContract } from '#tests/contracts/ledger/small-stores.ts';
import { sourceContract } from '#tests/contracts/ledger/sources.ts';
import { toldContract } from '#tests/contracts/ledger/told.ts';
import { withdrawalContract } from '#tests/contracts/ledger/withdrawals.ts';
import { type MemoryDatabase, openMemoryDatabase } from '#tests/fakes/memory-database.ts';
import { openServerDatabase } from '#tests/fakes/server-database.ts';
import { has } from '#tests/servers/has.ts';

const backends = {
  'the embedded database': openMemoryDatabase,
  ...(has('postgres') && { 'a PostgreSQL server': openServerDatabase }),
};

const contracts = [
  articleContract,
  listContract,
  identityContract,
  withdrawalContract,
  claimContract,
  deliveryContract,
  approvalContract,
  raceContract,
  sourceContract,
  toldContract,
  smallStoresContract,
  rateContract,
  sessionContract,
];

describe.each(Object.entries(backends))('the ledger on %s', (_name, makeDb) => {
  let memory: Pick<MemoryDatabase, 'db' | 'reset' | 'close'>;
  beforeAll(async () => {
    memory = await makeDb();
  });
  beforeEach(() => memory.reset());
  afterAll(() => memory.close());

  for (const contract of contracts) contract(() => createLedger(memory.db, { newId: randomUUID }));
});
