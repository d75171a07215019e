// Times one forward pass: a line read from standard input is a run, whose milliseconds go to standard output.
//   node time-forward.ts own|stock
//   node time-forward.ts onnxruntime-node|onnxruntime-web|litert-js MODEL_FILE
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { assets } from '../../function/bundling/assets.ts';
import { nodeRuntimes, openNodeRuntime } from '../peers/node-runtimes.ts';

const sideInPixels = 224;
const shape = [1, sideInPixels, sideInPixels, 3] as const;
const [runtime = '', modelFile = ''] = process.argv.slice(2);
const pixels = Float32Array.from({ length: sideInPixels * sideInPixels * 3 }, (_, index) => (index % 255) / 255);
const peer = nodeRuntimes.find((name) => name === runtime);
const run =
  peer === undefined
    ? await tensorflow(runtime)
    : await openNodeRuntime(peer, modelFile, shape, availableParallelism());

for await (const _ of createInterface({ input: process.stdin })) {
  const before = performance.now();
  await run(pixels);
  console.log(performance.now() - before);
}

/** The shipped model, on this project's kernels or on those of TF.js alone. */
async function tensorflow(kernels: string): Promise<(pixels: Float32Array) => unknown> {
  const { openGraph } = await import('../../model/open-graph.ts');
  const engine = kernels === 'own' ? 'own' : 'tensorflow';
  const graph = await openGraph(assets.modelDirectory, shape, { wasmFile: assets.wasmFile, engine });
  return (values) => graph.run(values, ['score']);
}
