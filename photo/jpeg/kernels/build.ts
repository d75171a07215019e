import { writeFile } from 'node:fs/promises';
import { embedModule } from '../../../wasm/embed-module.ts';
import { colourWat } from './colour-wat.ts';
import { reconstructWat } from './reconstruct-wat.ts';
import { transformWat } from './transform-wat.ts';
import { upsampleWat } from './upsample-wat.ts';

/** The source of `jpeg-module.ts`. */
export function writeJpegModule(): Promise<string> {
  return embedModule(
    'jpegModule',
    `(module (import "env" "memory" (memory 1))\n${transformWat}\n${reconstructWat}\n${upsampleWat}\n${colourWat}\n)`,
  );
}

if (import.meta.main) {
  await writeFile(new URL('./jpeg-module.ts', import.meta.url), await writeJpegModule());
}
