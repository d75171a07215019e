import { writeFile } from 'node:fs/promises';
import { embedModule } from '../../../wasm/embed-module.ts';
import { unfilterWat } from './unfilter-wat.ts';

/** The source of `unfilter-module.ts`. */
export function writeUnfilterModule(): Promise<string> {
  return embedModule('unfilterModule', unfilterWat);
}

if (import.meta.main) {
  await writeFile(new URL('./unfilter-module.ts', import.meta.url), await writeUnfilterModule());
}
