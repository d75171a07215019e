import type { OutputActivation } from '../../importer/choose-output.ts';
import type { WeightFormat } from '../../importer/graph/encode-weights.ts';
import type { PhotoSize } from '../../importer/model-reader.ts';
import type { NamedWay } from '../../importer/presets/find-preset.ts';
import type { Verification } from '../../importer/verify-directory.ts';
import type { CardInput, FitMode, OutputKind, ResizeMode } from '../../model/card/card.ts';
import type { PhotoTrial } from './choose-by-photos.ts';

/** What the command line says; what is left out is found in the file, or asked for. */
export interface ImportOptions {
  readonly labels?: string;
  readonly out: string;
  readonly name?: string;
  readonly preprocess?: NamedWay;
  readonly scale?: number | number[];
  readonly offset?: number | number[];
  readonly size?: PhotoSize;
  readonly output?: string;
  readonly outputActivation?: OutputActivation;
  readonly resize?: ResizeMode;
  readonly fit?: FitMode;
  readonly resizeTo?: number;
  readonly weights?: WeightFormat;
  readonly photos?: string;
  /** The text of the file that --parity names. */
  readonly parityText?: string | undefined;
  readonly force?: boolean;
}

/** How many kernels, the smallest ones, stay in single precision beside half floats. */
export interface KeptKernels {
  readonly number: number;
  /** How many there are. */
  readonly of: number;
}

/** What an import did, as it is printed with `--json`. */
export interface ImportResult {
  readonly directory: string;
  readonly version: string;
  readonly weightsVersion: string;
  readonly weightsInBytes: number;
  readonly weights: WeightFormat;
  /** How far the weights as stored move answers, as a share of the range of the scores. */
  readonly movedByWeights?: number;
  /** Where the smallest kernels stay in single precision. */
  readonly keptSingle?: KeptKernels;
  readonly labels: readonly string[];
  /** The file beside the model that they are from, where no option named one. */
  readonly labelsFoundIn?: string;
  /** The program that exported the model, where it is known by its file. */
  readonly maker?: 'teachable-machine';
  readonly input: CardInput;
  readonly output: OutputKind;
  readonly pixels: { readonly option: string; readonly because?: string };
  readonly photos?: PhotoTrial;
  readonly verification: Verification;
  /** Whether a calibration of the same model was kept. */
  readonly isCalibrated: boolean;
}
