import { moduleText } from '../../../wasm/module-text.ts';
import { colourWat } from './colour-wat.ts';
import { reconstructWat } from './reconstruct-wat.ts';
import { transformWat } from './transform-wat.ts';
import { upsampleWat } from './upsample-wat.ts';

export const text = moduleText([transformWat, reconstructWat, upsampleWat, colourWat]);
