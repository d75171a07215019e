import { moduleText } from '../../../wasm/module-text.ts';
import { unfilterWat } from './unfilter-wat.ts';

export const text = moduleText([unfilterWat]);
