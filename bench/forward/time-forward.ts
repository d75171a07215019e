// Times one forward pass: a line read from standard input is a run, whose milliseconds go to standard output.
//   node time-forward.ts own|stock
//   node time-forward.ts onnxruntime-web MODEL.onnx
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { assets } from '../../function/bundling/assets.ts';

const sideInPixels = 224;
const [runtime, modelFile] = process.argv.slice(2);
const pixels = Float32Array.from({ length: sideInPixels * sideInPixels * 3 }, (_, index) => (index % 255) / 255);
const run = runtime === 'onnxruntime-web' ? await onnxruntimeWeb(modelFile as string) : await tensorflow(runtime);

for await (const _ of createInterface({ input: process.stdin })) {
  const before = performance.now();
  await run();
  console.log(performance.now() - before);
}

/** The shipped model, on this project's kernels or on those of TF.js alone. */
async function tensorflow(kernels: string | undefined): Promise<() => void> {
  const { openGraph } = await import('../../model/open-graph.ts');
  const engine = kernels === 'own' ? 'own' : 'tensorflow';
  const shape = [1, sideInPixels, sideInPixels, 3] as const;
  const graph = await openGraph(assets.modelDirectory, shape, { wasmFile: assets.wasmFile, engine });
  return () => void graph.run(pixels, ['score']);
}

/** On one thread, as everything else here. */
async function onnxruntimeWeb(file: string): Promise<() => Promise<unknown>> {
  const { env, InferenceSession, Tensor } = await import('onnxruntime-web/wasm');
  env.wasm.numThreads = 1;
  const session = await InferenceSession.create(await readFile(file));
  const feeds = {
    [session.inputNames[0] as string]: new Tensor('float32', pixels, [1, sideInPixels, sideInPixels, 3]),
  };
  return () => session.run(feeds);
}
