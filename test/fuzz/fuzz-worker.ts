import { parentPort } from 'node:worker_threads';
import { judgeInput, type Target } from './judge-input.ts';

// In a thread of its own, so that an input on which something never ends can be told, and ended, from outside.
parentPort?.on('message', async ({ target, bytes }: { target: Target; bytes: Uint8Array }) => {
  parentPort?.postMessage(await judgeInput(target, bytes));
});
// What it loads takes longer than many an input may.
parentPort?.postMessage('loaded');
