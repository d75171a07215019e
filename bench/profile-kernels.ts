// Where the time of one forward pass goes, node by node: `node bench/profile-kernels.ts [--model DIR] [--rounds 200]` prints
// a table and writes it to bench/results/kernels.md. The model must be one that a plan covers.
import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { assets } from '../function/bundling/assets.ts';
import { countChannels, parseCard } from '../model/card/parse-card.ts';
import { readGraphFile } from '../model/graph/read-graph-file.ts';
import { PlannedGraph } from '../model/plan/planned-graph.ts';
import { countOf } from '../model/plan/planner.ts';
import { openPeak } from './profile/measure-peak.ts';
import { PlanSizes } from './profile/plan-sizes.ts';
import { type TimedStep, timedOperations } from './profile/time-steps.ts';
import { summarise } from './summarise.ts';

const { values: options } = parseArgs({
  options: { model: { type: 'string', default: assets.modelDirectory }, rounds: { type: 'string', default: '200' } },
});
const warmUpRounds = 30;

const file = readGraphFile(options.model);
const { input } = parseCard(await readFile(`${options.model}/card.json`, 'utf8'));
const { table, steps } = timedOperations();
const shape = [1, input.height, input.width, countChannels(input)] as const;
const graph = PlannedGraph.open(file, shape, table);
if (graph === undefined) throw new Error('The model has an operation that no kernel covers.');
const pixels = Float32Array.from({ length: countOf(shape) }, (_, index) => ((index * 37) % 255) / 128 - 1);
const measurePeak = await openPeak();
const peaks: number[] = [];
for (let round = -warmUpRounds; round < Number(options.rounds); round++) {
  if (round === 0) for (const list of [peaks, ...steps.map(({ milliseconds }) => milliseconds)]) list.length = 0;
  peaks.push(measurePeak());
  graph.run(pixels, ['score']);
}
const sizes = new PlanSizes(file, shape, steps);
const report = draw(byNode(steps), summarise(peaks).median);
process.stdout.write(report);
if (options.model === assets.modelDirectory) {
  await writeFile(new URL('./results/kernels.md', import.meta.url), report);
}

interface Row {
  readonly step: TimedStep;
  /** Median of the sums of the node's steps. */
  readonly milliseconds: number;
}

function byNode(all: readonly TimedStep[]): Row[] {
  const groups = Map.groupBy(all, ({ node }) => node);
  return [...groups.values()].map((group) => {
    const [step] = group as [TimedStep];
    const sums = step.milliseconds.map((_, round) =>
      group.reduce((sum, one) => sum + (one.milliseconds[round] ?? 0), 0),
    );
    return { step, milliseconds: summarise(sums).median };
  });
}

function kindOf({ node }: TimedStep): string {
  const [height = 0, width = 0] = sizes.weightsOf(node);
  if (/Conv2D|Depthwise/.test(sizes.bandedBefore(node)?.op ?? '')) return 'in bands';
  if (/Depthwise/.test(node.op)) return `depthwise ${height}×${width}`;
  return /Conv2D/.test(node.op) ? `convolution ${height}×${width}` : node.op;
}

function draw(rows: readonly Row[], limit: number): string {
  const total = rows.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const line = (name: string, kind: string, size: string, macs: number, milliseconds: number) => {
    const rate = macs / (milliseconds / 1_000);
    const cells = [
      name,
      kind,
      size,
      (macs / 1e6).toFixed(2),
      milliseconds.toFixed(3),
      `${((100 * milliseconds) / total).toFixed(1)} %`,
    ];
    return `| ${[...cells, macs === 0 ? '' : (rate / 1e9).toFixed(1), macs === 0 ? '' : `${((100 * rate) / limit).toFixed(0)} %`].join(' | ')} |`;
  };
  const summed = (title: string, some: readonly Row[]) => {
    const macs = some.reduce((sum, { step }) => sum + sizes.countMultiplications(step), 0);
    return line(
      title,
      `${some.length} nodes`,
      '',
      macs,
      some.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
    );
  };
  const head = ['', 'kind', 'result', 'million MACs', 'ms', 'share', 'G MAC/s', 'of the limit'];
  const kinds = Map.groupBy(rows, ({ step }) => kindOf(step));
  return `${[
    '# The forward pass, kernel by kernel',
    '',
    `Medians of ${options.rounds} runs on one ${cpus()[0]?.model ?? 'processor'}. Padding counts for the convolution that needs it. "In bands" means a`,
    'depthwise convolution with the 1×1 ones before and behind it, row by row, under the name of the last. The limit is what',
    `128-bit multiply-adds reach with nothing else in the way, the median of measurements before each run: ${(limit / 1e9).toFixed(1)} G MAC/s.`,
    '',
    `| ${head.join(' | ')} |`,
    `| ${head.map((_, index) => (index < 3 ? '---' : '---:')).join(' | ')} |`,
    summed('**all**', rows),
    ...[...kinds].map(([kind, some]) => summed(`all ${kind}`, some)),
    ...rows.map(({ step, milliseconds }) => {
      const size = step.shape.slice(1).join(' × ');
      return line(step.node.name, kindOf(step), size, sizes.countMultiplications(step), milliseconds);
    }),
  ].join('\n')}\n`;
}
