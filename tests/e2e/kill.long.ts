import { test } from 'vitest';
import { backends, embedded } from '#tests/e2e/backends.ts';
import { killAtEveryMoment } from '#tests/e2e/kill-moments.ts';

// On a server a killed process's claim ends with its lease, a minute and a half later.
test.for(backends.filter((backend) => backend !== embedded))(
  'on $name, killed at any moment and started again, it loses nothing and posts nothing twice',
  killAtEveryMoment,
);
