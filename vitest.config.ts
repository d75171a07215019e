import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'node_modules/**'],
    pool: 'forks',
    // Vitest leaves one processor free, which is half of a small machine.
    maxWorkers: '100%',
    testTimeout: 20_000,
    coverage: {
      provider: 'v8',
      include: [
        'facts/**/*.ts',
        'cli/**/*.ts',
        'function/**/*.ts',
        'infra/**/*.ts',
        'model/**/*.ts',
        'photo/**/*.ts',
        'wasm/**/*.ts',
        'importer/**/*.ts',
        'files/**/*.ts',
        'index.ts',
      ],
      reporter: ['text-summary'],
    },
  },
});
