import { type WeightFormat, weightFormats } from '../../importer/graph/encode-weights.ts';
import { importModel } from '../../importer/import-model.ts';
import { readFloats, splitRows } from './read-numbers.ts';
import { withImportedGraph } from './with-imported-graph.ts';

/** What an imported model answers for photos. */
export interface ScoredPhotos {
  readonly weightsInBytes: number;
  readonly scores: readonly (readonly number[])[];
}

// Run in a process of its own: `score-photos.ts MODEL FORMAT PHOTOS`, photos being inputs as float32, one after another.
const [modelFile, format, photosFile] = process.argv.slice(2);
if (modelFile === undefined || photosFile === undefined || !weightFormats.includes(format as WeightFormat)) {
  throw new TypeError(`Usage: score-photos.ts model ${weightFormats.join('|')} photos.bin`);
}
const model = await importModel(modelFile, {});
const { width, height, channels } = model.input;
const values = await readFloats(photosFile);
const photos = splitRows(values, values.length / (width * height * channels));
const scored = await withImportedGraph(model, format as WeightFormat, (graph, weightsInBytes): ScoredPhotos => {
  const scores = photos.map((photo) => Array.from(graph.run(photo, ['score'])[0]?.values ?? []));
  return { weightsInBytes, scores };
});
process.stdout.write(`${JSON.stringify(scored)}\n`);
