import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 60_000,
    // Two cores is the machine we promise to pass on: more files at once only make each slower.
    maxWorkers: 2,
  },
});
