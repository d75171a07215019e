import { writeFile } from 'node:fs/promises';
import { embedModule } from '../../kernels/embed-module.ts';
import { resizeWat } from './resize-wat.ts';

/** The source of `resize-module.ts`. */
export function writeResizeModule(): Promise<string> {
  return embedModule('resizeModule', resizeWat);
}

if (import.meta.main) {
  await writeFile(new URL('./resize-module.ts', import.meta.url), await writeResizeModule());
}
