import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// Many files start threads and programs: all of them load faster from the second on.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, '../node_modules/.cache/loa');

const common = { globalSetup: 'tests/servers/set-up.ts', hookTimeout: 60_000, testTimeout: 180_000 };

/** Whole processes and servers that mostly wait for each other: more of them at once than there are cores. */
const waiting = [
  'tests/e2e/**/*.test.ts',
  'tests/faults/processes/**/*.test.ts',
  'tests/browser/**/*.test.ts',
  'tests/queue/{redis-faults,postgres-faults,redis-kinds}.test.ts',
  'tests/channels/email/hostile.test.ts',
  // Its threads run out of memory on purpose.
  'tests/articles/article-reader.test.ts',
];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...common,
          name: 'short',
          include: ['tests/**/*.test.ts'],
          exclude: waiting,
          // Two cores is the machine we promise to pass on: more files at once only make each slower.
          maxWorkers: 2,
          // Most files would take longer to load than to run.
          isolate: false,
          // Optimising what the embedded database runs costs more than it saves.
          execArgv: ['--wasm-tiering-budget=200000000', '--max-semi-space-size=64'],
          sequence: { groupOrder: 0 },
        },
      },
      { test: { ...common, name: 'waiting', include: waiting, maxWorkers: 3, sequence: { groupOrder: 1 } } },
      // What takes minutes by its nature: `npm run test:long`.
      {
        test: {
          ...common,
          name: 'long',
          include: ['tests/**/*.long.ts'],
          testTimeout: 1_800_000,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
