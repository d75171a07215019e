import type { EventEmitter } from 'node:events';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { getBackend, setBackend } from '@tensorflow/tfjs-core';
import { readWasmFile } from '../../wasm/read-wasm-file.ts';
import { ModelError } from '../model-error.ts';

/**
 * Makes WebAssembly with SIMD the backend of TF.js. `wasmFile` is the absolute path of `tfjs-backend-wasm-simd.wasm`. Once
 * the backend runs, later calls change nothing. Throws a WasmFileError or a ModelError, after which another call may succeed.
 */
export async function startWasmBackend(wasmFile: string): Promise<void> {
  if (getBackend() === 'wasm') return;
  // TF.js remembers for good that a file was unusable, so the file is looked at before TF.js sees it.
  readWasmFile(wasmFile);
  // TF.js asks for a path for each of its three builds. Node.js without SIMD does not exist any more, and TF.js itself
  // rules out threads under Node.js, so one file serves.
  setWasmPaths({
    'tfjs-backend-wasm.wasm': wasmFile,
    'tfjs-backend-wasm-simd.wasm': wasmFile,
    'tfjs-backend-wasm-threaded-simd.wasm': wasmFile,
  });
  const removeListenersAdded = watchProcessListeners();
  const isSet = await setBackend('wasm');
  removeListenersAdded();
  if (!isSet) throw new ModelError('unreadable', `TF.js could not start its WebAssembly backend from ${wasmFile}.`);
}

/**
 * Emscripten's start-up code puts listeners on the process that rethrow what nobody caught, which hides where it came
 * from; the function returned takes off what was put on since.
 */
function watchProcessListeners(): () => void {
  const emitter: EventEmitter = process;
  const events = ['uncaughtException', 'unhandledRejection'];
  const before = new Set(events.flatMap((event) => emitter.listeners(event)));
  return () => {
    for (const event of events) {
      for (const listener of emitter.listeners(event)) {
        if (!before.has(listener)) emitter.off(event, listener as () => void);
      }
    }
  };
}
