import { expect, test } from 'vitest';
import { explainJob, lostHold, runsAgain } from '#src/queue/job-trouble.ts';

test('a job that runs again is named by its work, with the reason', () => {
  expect(runsAgain('poll-source')).toBe(
    'poll-source runs again: the process that had begun it ended, or gave no sign of life for 10 s',
  );
});

test('what became of a job that its queue lost is said in plain words', () => {
  for (const message of ['Missing lock for job 12. moveToFinished', 'Missing key for job 12. moveToDelayed']) {
    expect(explainJob(new Error(message), 'publish')).toContain('ended after the queue had lost it');
  }
  expect(explainJob(new Error('job stalled more than allowable limit'), 'read')).toContain('given up twice');
  expect(lostHold('photos')).toContain('none does its work twice');
});

test('what another line tells already is not told again; what is unknown is told as it is', () => {
  expect(explainJob(new Error('could not renew lock for job 12'), 'photos')).toBeNull();
  expect(explainJob(new Error('something new'), 'photos')).toBe('queue photos: something new');
});
