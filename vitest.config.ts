import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'node_modules/**'],
    pool: 'forks',
    testTimeout: 20_000,
    coverage: {
      provider: 'v8',
      include: ['cli/**/*.ts', 'function/**/*.ts', 'infra/**/*.ts', 'model/**/*.ts', 'index.ts'],
      reporter: ['text-summary'],
    },
  },
});
