import { expect, test } from 'vitest';
import { explainDatabase } from '#src/queue/database-trouble.ts';

const coded = (code: string, message = 'so it says') => Object.assign(new Error(message), { code });

test.each([
  [coded('ECONNREFUSED'), true],
  [new Error('Connection terminated unexpectedly'), true],
  [coded('57P01', 'terminating connection due to administrator command'), true],
  [coded('57P03', 'the database system is starting up'), true],
  [coded('53300', 'sorry, too many clients already'), true],
  [coded('53100', 'could not extend file'), false],
  [coded('25006', 'cannot execute UPDATE in a read-only transaction'), false],
])('%s is trouble of the server', (error, isAway) => {
  expect(explainDatabase(error)).toMatchObject({ isAway });
});

test.each([coded('23505', 'duplicate key value'), new Error('no job of kind x'), undefined])('%s is none', (error) =>
  expect(explainDatabase(error)).toBeNull(),
);
