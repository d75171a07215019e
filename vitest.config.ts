import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'node_modules/**'],
    globalSetup: 'test/set-up-run.ts',
    // A worker keeps the modules that one file has loaded for the next one, which halves what the suite costs.
    isolate: false,
    pool: 'forks',
    // Vitest's own console lacks the class Console, which what writes the bill of materials makes an instance of.
    disableConsoleIntercept: true,
    // Vitest leaves one processor free, which is half of a small machine.
    maxWorkers: '100%',
    // They end what hangs; how fast a machine is, no test may depend on.
    testTimeout: 120_000,
    hookTimeout: 120_000,
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
