import { writeFile } from 'node:fs/promises';
import { embedModule } from '../../../wasm/embed-module.ts';
import { resizeWat } from './resize-wat.ts';
import { scaleWat } from './scale-wat.ts';

/** The source of `fit-module.ts`. */
export function writeFitModule(): Promise<string> {
  return embedModule('fitModule', `(module (import "env" "memory" (memory 1))\n${resizeWat}\n${scaleWat}\n)`);
}

if (import.meta.main) {
  await writeFile(new URL('./fit-module.ts', import.meta.url), await writeFitModule());
}
