import { FlatTable } from './flat-table.ts';

/** (pixel − mean) ÷ deviation, one number or one a channel. */
export interface Normalisation {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

export interface TfliteMetadata {
  readonly normalisation: Normalisation | undefined;
  /** The name of the file of labels that is packed into the model. */
  readonly labelsFile: string | undefined;
}

const metadataName = 'TFLITE_METADATA';
const normalisationOptions = 1;
const axisLabels = 2;
const noMetadata: TfliteMetadata = { normalisation: undefined, labelsFile: undefined };

/** Reads what TensorFlow Lite's metadata_schema.fbs (1.1) has of the first input and output; nothing where there is none. */
export function readMetadata(model: FlatTable, buffers: readonly Uint8Array[]): TfliteMetadata {
  const entry = model.tables(6).find((one) => one.text(0) === metadataName);
  const bytes = entry && buffers[entry.uint32(1)];
  if (bytes === undefined || bytes.length === 0) return noMetadata;
  const [graph] = FlatTable.root(bytes).tables(3);
  const [input] = graph?.tables(2) ?? [];
  const [output] = graph?.tables(3) ?? [];
  const options = input
    ?.tables(4)
    .find((unit) => unit.int8(0) === normalisationOptions)
    ?.table(1);
  const files = output?.tables(6) ?? [];
  const labels = files.find((file) => file.int8(2) === axisLabels);
  return { normalisation: options && readNormalisation(options), labelsFile: labels?.text(0) };
}

function readNormalisation(options: FlatTable): Normalisation | undefined {
  const [mean, deviation] = [options.float32s(0), options.float32s(1)];
  return mean.length > 0 && deviation.length > 0 ? { mean, deviation } : undefined;
}
