/** Half of the 300 runs; the others are in a file of their own, so that both cores have something to do. */
import { describe } from 'vitest';
import { openServerDatabase } from '#tests/fakes/server-database.ts';
import { itHolds } from '#tests/faults/simulation/half.ts';
import { openArena } from '#tests/faults/simulation/open.ts';
import { has } from '#tests/servers/has.ts';

describe('whatever happens on the embedded database, it', () => {
  itHolds(0, 150);
});

describe.runIf(has('postgres'))('whatever happens on a PostgreSQL server, it', () => {
  itHolds(300, 305, () => openArena(openServerDatabase));
});
