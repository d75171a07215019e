import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { summariseAll } from './measure-services.ts';
import { nodeRuntimeNames, nodeRuntimes } from './peers/node-runtimes.ts';
import type { Peers } from './peers/set-up-peers.ts';
import type { Results } from './results.ts';

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const warmUpRounds = 15;

function commandsOf(peers: Peers | undefined): ReadonlyMap<string, readonly string[]> {
  const node = [process.execPath, file('./forward/time-forward.ts')];
  const commands = new Map<string, readonly string[]>([
    ['lambda-lens', [...node, 'own']],
    ['TF.js, its own kernels', [...node, 'stock']],
  ]);
  if (peers !== undefined) {
    const onnx = join(peers.modelDirectory, 'shipped.onnx');
    const python = [peers.python, file('./peers/time_forward.py'), '--size', '224', '--runtime'];
    for (const runtime of nodeRuntimes) {
      const { name, model } = nodeRuntimeNames[runtime];
      commands.set(name, [...node, runtime, join(peers.modelDirectory, model)]);
    }
    commands.set('onnxruntime', [...python, 'onnxruntime', '--model', onnx]);
    commands.set('LiteRT', [...python, 'litert', '--model', join(peers.modelDirectory, 'shipped.tflite')]);
  }
  return commands;
}

/** The model's pass alone, each runtime in a process of its own, one pass each in turn. */
export async function measureForward(
  peers: Peers | undefined,
  rounds: number,
  processors: string | undefined,
): Promise<Results['forward']> {
  const pinned = processors === undefined ? [] : ['taskset', '-c', processors];
  const running = [...commandsOf(peers)].map(([name, command]) => {
    const [program = '', ...args] = [...pinned, ...command];
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'] });
    return { name, child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
  });
  const times = new Map<string, number[]>(running.map(({ name }) => [name, []]));
  try {
    for (let round = -warmUpRounds; round < rounds; round++) {
      for (const { name, child, lines } of running) {
        child.stdin.write('\n');
        const { done, value } = await lines.next();
        if (done) throw new Error(`${name} ended before it had run the model.`);
        if (round >= 0) times.get(name)?.push(Number(value));
      }
    }
  } finally {
    await Promise.all(
      running.map(async ({ child }) => {
        if (child.exitCode !== null) return;
        const ended = once(child, 'exit');
        child.kill();
        await ended;
      }),
    );
  }
  return summariseAll(times);
}
