// Where the time of a classification goes, and that it leaves nothing behind: runs the shipped model on drawn photos in one
// process and prints medians, the tensor count (none but with a model that is left to TF.js) and resident memory along the way.
//   node --expose-gc bench/profile-classifier.ts [--model DIR] [--photos 1000]
import { parseArgs } from 'node:util';
import { engine } from '@tensorflow/tfjs-core';
import { assets } from '../function/bundling/assets.ts';
import { load } from '../model/classifier.ts';
import { drawParityPhoto } from '../model/parity/parity-photo.ts';

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: assets.modelDirectory },
    photos: { type: 'string', default: '1000' },
  },
});
const count = Number(values.photos);
const reports = 10;
const explainedEvery = 10;

const classifier = await load(values.model, assets);
const photos = [1, 2, 3, 4].map((seed) => drawParityPhoto({ kind: 'garment', width: 400, height: 534, seed }));
const fitMs: number[] = [];
const modelMs: number[] = [];
console.log('photos  tensors  resident MB  fit ms  model ms');
for (let done = 1; done <= count; done++) {
  const photo = photos[done % photos.length];
  if (photo === undefined) continue;
  const { timing } = classifier.classify(photo, { explain: classifier.canExplain && done % explainedEvery === 0 });
  fitMs.push(timing.fitMs);
  modelMs.push(timing.modelMs);
  if (done % Math.ceil(count / reports) === 0) report(done);
}
classifier.dispose();

function report(done: number): void {
  globalThis.gc?.();
  const residentMb = process.memoryUsage().rss / 1e6;
  const cells = [done, engine().state.numTensors, residentMb.toFixed(1), median(fitMs), median(modelMs)];
  console.log(cells.map(String).join('  '));
}

function median(milliseconds: readonly number[]): string {
  return (milliseconds.toSorted((one, other) => one - other)[milliseconds.length >> 1] ?? Number.NaN).toFixed(1);
}
