/** What takes its time by nature: servers that agree on which of them is gone. */
import { describe, expect, test } from 'vitest';
import { openBackend } from '#src/queue/open-backend.ts';
import { silentLog } from '#tests/fakes/log.ts';
import { recordingAlerts } from '#tests/fakes/recording-alerts.ts';
import { until } from '#tests/fakes/until.ts';
import { hastyClock, openNewsroom } from '#tests/queue/newsroom.ts';
import { startCluster, startSentinels } from '#tests/queue/redis-kinds.ts';
import { has } from '#tests/servers/has.ts';

const tools = { log: silentLog, clock: hastyClock, queuePool: null as never };

describe.skipIf(!has('redis'))('Redis', () => {
  test('fails over to its replica, all goes on, nothing twice', async () => {
    const kind = await startSentinels();
    const alerts = recordingAlerts();
    const backend = await openBackend(kind.settings, { ...tools, alerts });
    const newsroom = openNewsroom(backend);
    try {
      await newsroom.find(['before']);
      await newsroom.settled();
      await kind.kill();
      await newsroom.find(['meanwhile']);
      await newsroom.settled();
      expect([...newsroom.done]).toEqual([
        ['before', 1],
        ['meanwhile', 1],
      ]);
      await until(() => alerts.open.size === 0, { what: 'the end of the alert' });
    } finally {
      await newsroom.close();
      await kind.stop();
    }
  });

  test('loses the node of its cluster that holds the jobs, all goes on once that is back', async () => {
    const kind = await startCluster();
    const alerts = recordingAlerts();
    const backend = await openBackend(kind.settings, { ...tools, alerts });
    const newsroom = openNewsroom(backend);
    try {
      await newsroom.find(['before']);
      await newsroom.settled();
      await kind.kill();
      await newsroom.find(['meanwhile']);
      await until(() => alerts.open.has('queue'), { what: 'the alert' });
      await kind.start();
      await newsroom.settled();
      expect([...newsroom.done.values()]).toEqual([1, 1]);
      await until(() => alerts.open.size === 0, { what: 'the end of the alert' });
    } finally {
      await newsroom.close();
      await kind.stop();
    }
  });
});
