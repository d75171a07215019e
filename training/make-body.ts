// From EfficientNet-lite0 with its ImageNet weights to model/efficientnet-lite0, which "lambda-lens train" begins with.
// README.md beside it has the commands.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readGraphFile } from '../model/graph/read-graph-file.ts';
import { gatherDepths } from './body/gather-depths.ts';

const project = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: {
    /** What imagenet.py wrote. */
    keras: { type: 'string' },
    out: { type: 'string', default: join(project, 'model', 'efficientnet-lite0') },
  },
});
const { keras, out } = values;
if (keras === undefined) throw new Error('It takes --keras FILE [--out DIR].');

/** Where the network is looked into, the last place first: all have, or are brought to, the places of the last map. */
const depths = ['blocks_15_project_conv/Conv2D', 'blocks_14_add/AddV2'] as const;
/** Twice as fine: the mean of two by two of its places is one of theirs. */
const finer = 'blocks_10_add/AddV2';
/** Top, middle and bottom: where something is tells as much as what it is. */
const bands = 3;

const scratch = mkdtempSync(join(tmpdir(), 'lambda-lens-body-'));
try {
  const imported = join(scratch, 'model');
  const labels = join(scratch, 'labels.txt');
  writeFileSync(labels, Array.from({ length: 1000 }, (_, label) => `label ${label}\n`).join(''));
  const pixels = ['--scale', String(1 / 128), '--offset', String(-127 / 128), '--resize', 'bilinear-antialias'];
  const words = ['import', keras, '--labels', labels, '--out', imported, ...pixels, '--weights', 'float16'];
  execFileSync(process.execPath, [join(project, 'cli', 'lambda-lens.mjs'), ...words], { stdio: 'inherit' });
  writeBody(imported);
} finally {
  rmSync(scratch, { recursive: true });
}

function writeBody(imported: string): void {
  const card = JSON.parse(readFileSync(join(imported, 'card.json'), 'utf8'));
  const places = Math.ceil(card.input.width / 32);
  const { model, weights, features } = gatherDepths(readGraphFile(imported), { names: depths, finer, places, bands });
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'weights.bin'), weights);
  writeFileSync(join(out, 'model.json'), `${JSON.stringify(model)}\n`);
  const version = createHash('sha256').update(weights).digest('hex').slice(0, 12);
  const body = { name: 'efficientnet-lite0', version, input: card.input };
  writeFileSync(join(out, 'card.json'), `${JSON.stringify(body, undefined, 2)}\n`);
  console.log(`${out}: ${features} features, ${(weights.length / 1e6).toFixed(1)} MB`);
}
