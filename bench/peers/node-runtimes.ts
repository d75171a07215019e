import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runInThisContext } from 'node:vm';

/** What runs the shipped model under Node.js instead of this project. */
export const nodeRuntimes = ['onnxruntime-node', 'onnxruntime-web', 'litert-js'] as const;
export type NodeRuntime = (typeof nodeRuntimes)[number];

/** Pixels, as the model takes them, to its scores. */
export type RunModel = (pixels: Float32Array) => Promise<Float32Array>;

/** How each is called where results are shown, and which file of the model it takes. */
export const nodeRuntimeNames: Readonly<Record<NodeRuntime, { readonly name: string; readonly model: string }>> = {
  'onnxruntime-node': { name: 'onnxruntime-node', model: 'shipped.onnx' },
  'onnxruntime-web': { name: 'onnxruntime-web', model: 'shipped.onnx' },
  'litert-js': { name: 'LiteRT.js', model: 'shipped-one-photo.tflite' },
};

/** @param shape of the input: 1, height, width, channels */
export function openNodeRuntime(
  runtime: NodeRuntime,
  modelFile: string,
  shape: readonly number[],
  threads: number,
): Promise<RunModel> {
  switch (runtime) {
    case 'onnxruntime-node':
      return openOnnxruntimeNode(modelFile, shape, threads);
    case 'onnxruntime-web':
      return openOnnxruntimeWeb(modelFile, shape, threads);
    default:
      return openLitert(modelFile, shape);
  }
}

async function openOnnxruntimeNode(file: string, shape: readonly number[], threads: number): Promise<RunModel> {
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  const session = await InferenceSession.create(file, { intraOpNumThreads: threads });
  return async (pixels) => {
    const result = await session.run({ [session.inputNames[0] as string]: new Tensor('float32', pixels, shape) });
    return result[session.outputNames[0] as string]?.data as Float32Array;
  };
}

async function openOnnxruntimeWeb(file: string, shape: readonly number[], threads: number): Promise<RunModel> {
  const { env, InferenceSession, Tensor } = await import('onnxruntime-web/wasm');
  env.wasm.numThreads = threads;
  const session = await InferenceSession.create(await readFile(file));
  return async (pixels) => {
    const result = await session.run({ [session.inputNames[0] as string]: new Tensor('float32', pixels, shape) });
    return result[session.outputNames[0] as string]?.data as Float32Array;
  };
}

/**
 * LiteRT.js is made for a page: it loads its script as a worker does and looks for its own global object. With these three it
 * runs under Node.js, by XNNPACK's kernels for WebAssembly, on one thread.
 */
async function openLitert(file: string, shape: readonly number[]): Promise<RunModel> {
  const require = createRequire(import.meta.url);
  const directory = `${join(dirname(require.resolve('@litertjs/core')), '..', 'wasm')}/`;
  Object.assign(globalThis, {
    self: globalThis,
    require,
    __filename: directory,
    __dirname: directory,
    importScripts: (path: string) => runInThisContext(readFileSync(path, 'utf8'), { filename: path }),
  });
  const { loadAndCompile, loadLiteRt, Tensor } = await import('@litertjs/core');
  await loadLiteRt(directory, { threads: false });
  const model = await loadAndCompile(await readFile(file), { accelerator: 'wasm' });
  return async (pixels) => {
    const input = new Tensor(pixels, shape);
    const [output] = await model.run([input]);
    const scores = Float32Array.from(output?.toTypedArray() ?? []);
    input.delete();
    output?.delete();
    return scores;
  };
}
