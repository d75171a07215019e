import { preprocessingOf } from '../preprocessing.ts';
import type { PixelJudgement } from './judge-pixels.ts';

/** (image / 127.5) - 1, as the program says that Teachable Machine gives along with an exported model. */
export const pixelsOfTeachableMachine: PixelJudgement = {
  isKnown: true,
  preprocessing: preprocessingOf('tf', 3),
  option: '--preprocess tf',
  because: 'it is an export of Teachable Machine',
};
