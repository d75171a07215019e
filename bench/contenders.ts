import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Contender } from './contender.ts';
import { nodeRuntimeNames, nodeRuntimes } from './peers/node-runtimes.ts';
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

/** Other ways to serve the shipped model: JavaScript's runtimes behind sharp, this service on TF.js, Python on two processors. */
export function otherContenders(peers: Peers, shipped: readonly PythonContender[]): Contender[] {
  const nodes: Contender[] = nodeRuntimes.map((runtime, index) => {
    const { name, model } = nodeRuntimeNames[runtime];
    const port = firstPort + 100 + index;
    const modelFile = join(peers.modelDirectory, model);
    return {
      name: `Node.js, ${name}`,
      command: [process.execPath, file('./peers/serve-node.ts'), runtime, modelFile, '224', String(port)],
      port,
      path: '/',
      note: `sharp (libvips) and ${name} behind Node.js's own HTTP server, shipped model`,
    };
  });
  const port = firstPort + 110;
  const onTensorflow: Contender = {
    ...ours,
    name: 'lambda-lens, ENGINE=tensorflow DECODER=reference',
    environment: { ...ours.environment, PORT: String(port), ENGINE: 'tensorflow', DECODER: 'reference' },
    port,
    note: 'the same service on TF.js, jpeg-js and pngjs, shipped model',
  };
  const onTwo = shipped.map((contender, index): Contender => {
    const ownPort = firstPort + 120 + index;
    return {
      ...contender,
      name: `${contender.name}, two threads`,
      command: [...contender.command.slice(0, -1), String(ownPort)] as unknown as Contender['command'],
      port: ownPort,
      processors: '0,1',
      note: `${contender.note}, pinned to processors 0 and 1`,
    };
  });
  return [...nodes, onTensorflow, ...onTwo];
}
