import { moduleText } from '../../wasm/module-text.ts';
import { channelsWat } from './channels-wat.ts';
import { depthwiseWat } from './depthwise-wat.ts';
import { elementwiseWat } from './elementwise-wat.ts';
import { gatherWat } from './gather-wat.ts';
import { packWat } from './pack-wat.ts';
import { padWat } from './pad-wat.ts';
import { pointwiseWat } from './pointwise-wat.ts';
import { poolWat } from './pool-wat.ts';

const parts = [pointwiseWat, gatherWat, depthwiseWat, elementwiseWat, channelsWat, poolWat, padWat, packWat];

export const text = moduleText(parts.map((part) => part()));
