import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // As in the unit tests: what writes the bill of materials makes an instance of the class Console.
    disableConsoleIntercept: true,
    root: join(import.meta.dirname, '..', '..'),
    include: ['test/e2e/**/*.test.ts'],
    globalSetup: ['test/e2e/say-what-is-left-out.ts'],
    pool: 'forks',
    // They share the machine's memory and the one Docker engine.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 300_000,
  },
});
