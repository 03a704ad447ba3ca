import { defineConfig } from 'vitest/config';

const common = { globalSetup: 'tests/servers/set-up.ts', hookTimeout: 60_000 };

export default defineConfig({
  test: {
    // Two cores is the machine we promise to pass on: more files at once only make each slower.
    maxWorkers: 2,
    projects: [
      { test: { ...common, name: 'short', include: ['tests/**/*.test.ts'], testTimeout: 180_000 } },
      // What takes minutes by its nature: `npm run test:long`.
      { test: { ...common, name: 'long', include: ['tests/**/*.long.ts'], testTimeout: 1_800_000 } },
    ],
  },
});
