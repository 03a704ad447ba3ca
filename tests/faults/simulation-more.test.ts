import { describe } from 'vitest';
import { itHolds } from '#tests/faults/simulation/half.ts';

describe('whatever happens on the embedded database, it', () => {
  itHolds(150, 300);
});
