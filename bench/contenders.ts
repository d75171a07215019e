import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Contender } from './contender.ts';
import type { Peers } from './peers/set-up-peers.ts';

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const firstPort = 18_200;

/** This project's service as `npm start` runs it. */
export const ours: Contender = {
  name: 'lambda-lens',
  command: [process.execPath, file('../cli/lambda-lens.mjs'), 'serve'],
  // Room for photos of 48 megapixels, which other ways than a request's body bring on Lambda.
  environment: { PORT: String(firstPort), MAXIMUM_BODY_SIZE_IN_BYTES: '30000000' },
  port: firstPort,
  path: '/predict',
  note: 'the service of npm start, shipped model',
};

export interface PythonContender extends Contender {
  readonly modelFile: string;
  /** What its handler imports, as PyPI names it. */
  readonly packages: readonly string[];
}

/** The course's handler on each runtime, with its own model and with ours. */
export function pythonContenders({ python, modelDirectory }: Peers): PythonContender[] {
  const models = [
    { model: 'xception299', size: 299 },
    { model: 'shipped', size: 224 },
  ];
  return models
    .flatMap((model) => [
      { ...model, runtime: 'onnxruntime', suffix: 'onnx', distribution: 'onnxruntime' },
      { ...model, runtime: 'litert', suffix: 'tflite', distribution: 'ai-edge-litert' },
    ])
    .map(({ model, size, runtime, suffix, distribution }, index) => {
      const port = firstPort + 1 + index;
      const modelFile = join(modelDirectory, `${model}.${suffix}`);
      const script = file('./peers/serve_handler.py');
      const options = ['--runtime', runtime, '--model', modelFile, '--size', String(size), '--port', String(port)];
      return {
        name: `Python, ${runtime}, ${model}`,
        command: [python, script, ...options] as const,
        port,
        path: '/',
        modelFile,
        packages: [distribution, 'numpy', 'pillow'],
        note: `Pillow, numpy and ${runtime} behind Python's own HTTP server`,
      };
    });
}
