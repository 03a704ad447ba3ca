import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createStopFile } from '#src/ops/stop-file.ts';
import { createStopped } from '#src/ops/stopped.ts';

const data = mkdtempSync(join(tmpdir(), 'loa-stop-'));
const path = join(data, 'stopped');
const file = createStopFile(data);
const stop = { since: Date.parse('2026-11-25T02:31:10Z'), by: 'anna', reason: 'sai ảnh ở mọi bài', inLedger: false };

beforeEach(() => rmSync(path, { recursive: true, force: true }));
afterAll(() => rmSync(data, { recursive: true }));

describe('the stop beside the ledger', () => {
  it('is there from its writing to its removal, and says who, when and why', async () => {
    expect(await file.read()).toBeNull();
    await file.write(stop);
    expect(await file.read()).toEqual(stop);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ since: '2026-11-25T02:31:10.000Z', by: 'anna' });
    await file.remove();
    await file.remove();
    expect(await file.read()).toBeNull();
  });

  it.each([
    ['', null],
    ['wrong photo\n', 'wrong photo'],
    ['{"since": 12}', '{"since": 12}'],
  ])('made by hand as %j it stops all the same', async (text, reason) => {
    writeFileSync(path, text);
    expect(await file.read()).toMatchObject({ by: 'a file in the data folder', reason, inLedger: false });
  });

  it('that cannot be read is a stop too', async () => {
    mkdirSync(path);
    expect(await file.read()).toMatchObject({ reason: expect.stringContaining('cannot be read') });
  });
});

describe('whether all is stopped', () => {
  const zone = 'Asia/Ho_Chi_Minh';
  const away = async () => {
    throw new Error('the database is away');
  };

  it('is seen in the file at once, also without the database', async () => {
    const stopped = createStopped(file, { stopped: away }, zone);
    await expect(stopped()).rejects.toThrow('away');
    await file.write(stop);
    expect(await stopped()).toBe('all posting is stopped since 2026-11-25 09:31 by anna: sai ảnh ở mọi bài');
  });

  it('is asked of the ledger where there is no file', async () => {
    expect(await createStopped(file, { stopped: async () => null }, zone)()).toBeNull();
    const inLedger = createStopped(file, { stopped: async () => ({ ...stop, reason: null }) }, zone);
    expect(await inLedger()).toBe('all posting is stopped since 2026-11-25 09:31 by anna');
  });
});
