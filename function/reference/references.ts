import type { Classifier } from '../../model/classification.ts';
import type { Decode } from './compare-decoders.ts';

/** What stands beside what serves. */
export interface References {
  /** The same model on the engine that does not serve; loaded for the comparison alone. */
  readonly loadOtherEngine: () => Promise<Classifier>;
  readonly decodeByOwn: Decode;
  readonly decodeByReference: Decode;
  /** Of the encoded photos that the bundle carries. */
  readonly photosDirectory: string;
}
