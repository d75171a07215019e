import { useModelFile } from '../model-file.ts';
import { modelVersion, weightsVersion } from '../version.ts';
import { examineWeights } from './examine-weights.ts';
import {
  type FindVersions,
  type GraphFile,
  notFinite,
  placeWeights,
  readStoredGraph,
  weightsFileName,
} from './graph-file.ts';

/** Reads model.json and all of weights.bin. Throws a ModelError as `readStoredGraph` does, or of reason `not_finite`. */
export function readGraphFile(directory: string): GraphFile {
  return readStoredGraph(directory, examineGraph);
}

/** Hashes the weights and looks for numbers that are not finite. */
const examineGraph: FindVersions = (directory, entries, modelJson) => {
  const placed = placeWeights(entries).map(({ entry, ...place }) => {
    return { ...place, name: entry.name, type: entry.quantization?.dtype ?? entry.dtype };
  });
  const examined = useModelFile(directory, weightsFileName, (path) => examineWeights(path, placed, modelJson));
  if (examined.infiniteWeight !== undefined) throw notFinite(examined.infiniteWeight);
  const { hash, hashWithModel } = examined;
  return {
    weightsVersion: weightsVersion(hash),
    digest: hashWithModel.copy().digest('hex'),
    versionWith: (card) => modelVersion(hashWithModel, card),
  };
};
