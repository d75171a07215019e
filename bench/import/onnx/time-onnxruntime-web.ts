import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import { readFloats } from '../read-numbers.ts';
import { leastMilliseconds } from './least-milliseconds.ts';

// Milliseconds of the processor that onnxruntime-web takes for a photo, on one thread as everything else here:
//   node time-onnxruntime-web.ts FOLDER (of model.onnx, its weights perhaps in model.onnx.data, and input.bin)
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new TypeError('Usage: time-onnxruntime-web.ts FOLDER');
const { size } = JSON.parse(await readFile(join(folder, 'about.json'), 'utf8'));
const photo = toChannelsFirst((await readFloats(join(folder, 'input.bin'))).subarray(0, size * size * 3));
env.wasm.numThreads = 1;
const weights = 'model.onnx.data';
const beside = existsSync(join(folder, weights))
  ? [{ path: weights, data: await readFile(join(folder, weights)) }]
  : [];
const session = await InferenceSession.create(await readFile(join(folder, 'model.onnx')), { externalData: beside });
const feeds = { [session.inputNames[0] as string]: new Tensor('float32', photo, [1, 3, size, size]) };
const [least] = await leastMilliseconds([() => session.run(feeds)]);
process.stdout.write(`${least}\n`);
process.exit();

function toChannelsFirst(photo: Float32Array): Float32Array {
  const places = photo.length / 3;
  return Float32Array.from(photo, (_, at) => photo[(at % places) * 3 + Math.floor(at / places)] as number);
}
