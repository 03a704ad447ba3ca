import { afterAll, beforeAll, describe } from 'vitest';
import { testQueue } from '#tests/contracts/queue-contract.ts';
import { backends, type OpenForTest } from '#tests/queue/backends.ts';

describe.each(backends)('jobs on $name', ({ open }) => {
  let opened: OpenForTest;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  testQueue(() => opened.backend);
});
