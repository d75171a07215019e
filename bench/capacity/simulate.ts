// How long many photos take and what they cost, simulated from the times that the benches measured.
//   node bench/capacity/simulate.ts [--instances 1000] [--batch 100] [--prefixes 6] [--overhead 60]
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readResults } from '../../docs/tables/read-results.ts';
import { measureCapacity } from './capacity-results.ts';
import { drawCapacity, drawCapacityCharts } from './draw-capacity.ts';
import { measuredTimes } from './measured-times.ts';

const { values } = parseArgs({
  options: {
    instances: { type: 'string', default: '1000' },
    batch: { type: 'string', default: '100' },
    prefixes: { type: 'string', default: '6' },
    overhead: { type: 'string', default: '60' },
  },
});
const results = measureCapacity({
  times: measuredTimes(readResults(), Number(values.overhead)),
  photosInBatch: Number(values.batch),
  concurrency: Number(values.instances),
  prefixes: Number(values.prefixes),
});
const directory = join(import.meta.dirname, '..', 'results');
await writeFile(join(directory, 'capacity.json'), `${JSON.stringify(results, undefined, 2)}\n`);
for (const [name, chart] of await drawCapacityCharts(results)) await writeFile(join(directory, name), chart);
console.log(drawCapacity(results));
