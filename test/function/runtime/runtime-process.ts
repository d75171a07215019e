// A whole runtime process around a handler of this file, for tests that end it. Its first argument says how it behaves.
import { setTimeout as wait } from 'node:timers/promises';
import { runRuntime } from '../../../function/runtime/run-runtime.ts';
import { SettingError } from '../../../function/settings/setting-error.ts';

const behaviour = process.argv[2];

process.exit(
  await runRuntime(process.env.AWS_LAMBDA_RUNTIME_API ?? '', async () => {
    if (behaviour === 'fails to start') throw new SettingError('MAXIMUM_ITEMS', 'many', 'a number');
    return async (event) => {
      if (behaviour === 'takes its time') await wait(300);
      if (behaviour === 'blocks the thread') {
        process.send?.('busy');
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
      }
      return { event };
    };
  }),
);
