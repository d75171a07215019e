import { moduleText } from '../../../wasm/module-text.ts';
import { resizeWat } from './resize-wat.ts';
import { scaleWat } from './scale-wat.ts';

export const text = moduleText([resizeWat, scaleWat]);
