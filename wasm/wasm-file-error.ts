import { ExplainedError } from '../facts/explained-error.ts';

/** A file that should hold a WebAssembly module and does not, or not one that this Node.js can run. */
export class WasmFileError extends ExplainedError {
  override readonly name = 'WasmFileError';
}
