// From the trained .keras file to model/clothing: import, Keras's own answers, calibration, model card. Run it after
// training with the project's own Node.js; README.md beside it has the command.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { addRecord } from './add-record.ts';

const project = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: {
    keras: { type: 'string' },
    /** What training wrote of itself, beside the .keras file: becomes `trained` of the card. */
    record: { type: 'string' },
    /** Folders train, extra and validation, each with a folder a label. */
    data: { type: 'string' },
    others: { type: 'string' },
    name: { type: 'string', default: 'clothing' },
    /** With keras, a backend of it, numpy and Pillow. */
    python: { type: 'string', default: 'python3' },
    out: { type: 'string', default: join(project, 'model', 'clothing') },
  },
});
const { keras, record, data, others, name, python, out } = values;
if (keras === undefined || record === undefined || data === undefined || others === undefined) {
  throw new Error(
    'It takes --keras FILE --record FILE --data DIR --others DIR [--name NAME] [--python PATH] [--out DIR].',
  );
}

const scratch = mkdtempSync(join(tmpdir(), 'lambda-lens-export-'));
const imported = join(scratch, 'model');
const parity = join(scratch, 'parity.json');

runImport([]);
execFileSync(
  python,
  [join(project, 'importer', 'reference.py'), keras, '--card', join(imported, 'card.json'), '--out', parity],
  { stdio: 'inherit' },
);
// Again, now that Keras has answered: the importer compares its model with these answers.
runImport(['--parity', parity]);
addRecord(join(imported, 'card.json'), record);

mkdirSync(out, { recursive: true });
for (const name of ['model.json', 'weights.bin', 'card.json', 'parity.json'])
  copyFileSync(join(imported, name), join(out, name));
rmSync(scratch, { recursive: true });

const photos = ['--photos', join(data, 'validation'), '--others', others];
run(['calibrate', out, ...photos, '--trained-on', join(data, 'train'), join(data, 'extra')]);
run(['evaluate', out, ...photos, '--card']);

/** The input is that of efficientnet_lite.py: pixel × 1/128 − 127/128, after the resize of photos.py. */
function runImport(more: readonly string[]): void {
  rmSync(imported, { recursive: true, force: true });
  const labels = ['--labels', join(data as string, 'validation'), '--name', name];
  const input = ['--scale', String(1 / 128), '--offset', String(-127 / 128), '--resize', 'bilinear-antialias'];
  run(['import', keras as string, '--out', imported, ...labels, ...input, '--fit', 'stretch', ...more]);
}

function run(words: readonly string[]): void {
  execFileSync(process.execPath, [join(project, 'cli', 'lambda-lens.mjs'), ...words], { stdio: 'inherit' });
}
