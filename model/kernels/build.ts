import { writeFile } from 'node:fs/promises';
import createWabt from 'wabt';
import { channelsWat } from './channels-wat.ts';
import { depthwiseWat } from './depthwise-wat.ts';
import { elementwiseWat } from './elementwise-wat.ts';
import { gatherWat } from './gather-wat.ts';
import { packWat } from './pack-wat.ts';
import { padWat } from './pad-wat.ts';
import { pointwiseWat } from './pointwise-wat.ts';
import { poolWat } from './pool-wat.ts';

const parts = [pointwiseWat, gatherWat, depthwiseWat, elementwiseWat, channelsWat, poolWat, padWat, packWat];

/** The kernels as a WebAssembly module that imports the memory of TF.js's own module, `env.memory`. */
export async function assembleKernels(): Promise<Uint8Array> {
  const wabt = await createWabt();
  const text = `(module (import "env" "memory" (memory 1))\n${parts.map((part) => part()).join('\n')}\n)`;
  const parsed = wabt.parseWat('kernels.wat', text, { simd: true, relaxed_simd: true, bulk_memory: true });
  try {
    parsed.validate();
    return parsed.toBinary({ write_debug_names: false }).buffer;
  } finally {
    parsed.destroy();
  }
}

if (import.meta.main) {
  await writeFile(new URL('./kernels.wasm', import.meta.url), await assembleKernels());
}
