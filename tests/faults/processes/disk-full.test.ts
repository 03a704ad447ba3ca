import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { judge } from '#tests/faults/processes/oracle.ts';
import { withPlant } from '#tests/faults/processes/plant.ts';

const minute = 60_000;

test('on a disk that takes nothing more, nothing is sent that is not written down; with room again the rest goes out, nothing twice', () =>
  withPlant({ channels: ['webhook', 'telegram'] }, async (plant) => {
    let running = await plant.start();
    await plant.publish('trước');
    await judge(plant, ['trước']);
    const held = plant.services.map(({ gate, shows }) => gate.hold('accepted', shows));
    const names = [1, 2, 3, 4, 5].map((index) => `đầy-${index}`);
    await plant.publish(...names);
    await Promise.all(held.map(({ reached }) => reached));
    fillDisk(running.child.pid!);
    const sent = plant.services.map(({ posts }) => posts().length);
    for (const { release } of held) release();
    // It ends rather than going on with a ledger that forgets.
    expect(await running.ended).not.toBe(0);
    expect(plant.services.map(({ posts }) => posts().length)).toEqual(sent);

    await plant.pass(2 * minute);
    running = await plant.start();
    const { parked, ...verdict } = await judge(plant, names);
    expect(verdict).toEqual({ doubles: [], lost: [], untrue: [] });
    // The one whose answer could not be recorded, where the service knows no keys.
    expect(parked.filter((what) => what.includes('webhook'))).toEqual([]);
    expect(parked.length).toBeLessThanOrEqual(1);
  }));

/** No file of the process grows past its first 64 KB any more, as on a full disk; also without rights to mount one. */
function fillDisk(pid: number): void {
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${64 * 1024}:unlimited`]);
}
