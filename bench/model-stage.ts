// What the service adds to the forward pass: the model's stage by itself, in a classification and in the running function,
// blocks of each in turn. Prints a table and writes it to bench/results/model-stage.md.
//   taskset -c 0 node bench/model-stage.ts [--rounds 9] [--runs 20]
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { assets } from '../function/bundling/assets.ts';
import { bundle } from '../function/bundling/bundle.ts';
import { load } from '../model/classifier.ts';
import { openGraph } from '../model/open-graph.ts';
import { decodePhoto } from '../photo/decode-photo.ts';
import { drawnJpeg } from '../test/helpers/drawn-jpeg.ts';
import { startBundle } from './start/start-bundle.ts';
import { summarise } from './summarise.ts';

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '9' }, runs: { type: 'string', default: '20' } },
});
const idleInMilliseconds = 30;
const inputSize = { width: 224, height: 224 };

const scratch = await mkdtemp(join(tmpdir(), 'lambda-lens-model-stage-'));
try {
  await bundle({ outDirectory: join(scratch, 'dist') });
  const photo = drawnJpeg(400, 534);
  const { invoke, end } = await startBundle(join(scratch, 'dist', 'index.mjs'), photo);
  const graph = await openGraph(assets.modelDirectory, [1, inputSize.height, inputSize.width, 3], assets);
  const classifier = await load(assets.modelDirectory, assets);
  const { pixels } = await decodePhoto(photo, { maximumPixels: 50_000_000, minimumSize: inputSize });
  const input = new Float32Array(inputSize.width * inputSize.height * 3).fill(0.5);

  const stages = new Map<string, () => number | Promise<number>>([
    [
      'forward pass in a loop',
      () => {
        const before = performance.now();
        graph.run(input, ['score']);
        return performance.now() - before;
      },
    ],
    ["a classification's stage in a loop", () => classifier.classify(pixels).timing.modelMs],
    ["the function's stage, events one after the other", invoke],
    [
      `the function's stage, ${idleInMilliseconds} ms after the last event`,
      async () => {
        await wait(idleInMilliseconds);
        return invoke();
      },
    ],
  ]);
  const times = new Map([...stages.keys()].map((name) => [name, [] as number[]]));
  for (let round = -2; round < Number(options.rounds); round++) {
    for (const [name, measure] of stages) {
      for (let run = 0; run < Number(options.runs); run++) {
        const milliseconds = await measure();
        if (round >= 0) times.get(name)?.push(milliseconds);
      }
    }
  }
  end();
  const report = draw(times);
  await writeFile(new URL('./results/model-stage.md', import.meta.url), report);
  process.stdout.write(report);
} finally {
  await rm(scratch, { recursive: true, force: true });
}

function draw(times: ReadonlyMap<string, readonly number[]>): string {
  const rows = [...times].map(([name, values]) => ({ name, lower: lowerQuartile(values), ...summarise(values) }));
  const loop = rows[0]?.lower ?? Number.NaN;
  return `${[
    "# The model's stage, alone and in the service",
    '',
    `${rows[0]?.count} runs of each, in blocks of ${options.runs}, on one ${cpus()[0]?.model ?? 'processor'}; a drawn photo of 400 × 534 pixels.`,
    "The stage is `modelMs` of an answer's `timing`: the forward pass, the unfamiliarity score and the copies around them.",
    '',
    '| stage | lower quartile, ms | median, ms | lower quartile against the loop |',
    '| --- | ---: | ---: | ---: |',
    ...rows.map(
      ({ name, lower, median }) =>
        `| ${name} | ${lower.toFixed(2)} | ${median.toFixed(2)} | ${(lower / loop).toFixed(3)} |`,
    ),
  ].join('\n')}\n`;
}

function lowerQuartile(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 2] ?? Number.NaN;
}
