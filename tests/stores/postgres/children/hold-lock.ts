// Takes the lock, says so, and keeps it until it is killed.
import { systemClock } from '#src/ops/clock.ts';
import { lockData } from '#src/stores/postgres/data-lock.ts';

const lock = await lockData(process.argv[2] as string, { clock: systemClock, waitMs: 0 });
process.stdout.write('held\n');
setInterval(() => lock, 1000);
