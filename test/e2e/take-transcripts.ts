// Writes down what every command says, in a terminal of 60 and of 120 columns and in a pipe, for whoever changes one to
// read, and names the lines that a terminal would break:
//   npx node test/e2e/take-transcripts.ts FOLDER [PART OF A NAME]
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { drawnJpeg } from '../helpers/drawn-jpeg.ts';

const [folder = 'transcripts', part = ''] = process.argv.slice(2);
const root = resolve(import.meta.dirname, '../..');
const program = `'${process.execPath}' '${join(root, 'cli/lambda-lens.mjs')}'`;
const place = mkdtempSync(join(tmpdir(), 'transcripts-'));
const head = join(root, 'test/fixtures/import/head.keras');

for (const [at, label] of ['dress', 'hat'].entries()) {
  mkdirSync(join(place, 'photos', label), { recursive: true });
  for (let photo = 0; photo < 6; photo++)
    writeFileSync(join(place, 'photos', label, `${photo}.jpg`), drawnJpeg(80, 60 + 10 * at, 10 * at + photo));
}
writeFileSync(join(place, 'labels.txt'), 'hat\npants\nshirt\nshoes\n');
writeFileSync(join(place, 'letter.jpg'), '%PDF-1.7');

/** Name → line of the shell; each three times, in folders of their own where it writes. */
const lines: Readonly<Record<string, string>> = {
  nothing: '$L',
  help: '$L --help',
  version: '$L --version',
  unknown: '$L clasify photo.jpg',
  init: '$L init shop-$WAY --yes',
  'init-mistake': '$L init . --yes',
  serve: 'timeout -s INT 4 $L serve --port 0',
  'serve-mistake': '$L serve --port 0 --model nowhere',
  'serve-port-mistake': '$L serve --port eighty',
  'serve-setting-mistake': 'MAXIMUM_PIXELS=many $L serve --port 0',
  classify: '$L classify $ROOT/examples',
  'classify-json': '$L classify $ROOT/examples/cat.jpg --json',
  'classify-csv': '$L classify $ROOT/examples --out answers-$WAY.csv --html answers-$WAY.html',
  'classify-csv-mistake': '$L classify $ROOT/examples --out labels.txt',
  'classify-explain': '$L classify $ROOT/examples/hat.jpg --explain --out heat-$WAY.png',
  'classify-mistake': '$L classify nowhere.jpg',
  'classify-letter': '$L classify letter.jpg photos/hat',
  'classify-nothing': '$L classify',
  'classify-address-mistake': '$L classify http://localhost/a.jpg',
  'classify-option-mistake': '$L classify letter.jpg --tpo 4',
  'classify-number-mistake': '$L classify letter.jpg --top none',
  'classify-watch':
    'mkdir -p inbox-$WAY && cp $ROOT/examples/hat.jpg inbox-$WAY/ && timeout -s INT 5 $L classify --watch inbox-$WAY',
  import: '$L import $HEAD --labels labels.txt --out model-$WAY --preprocess tf',
  'import-question': '$L import $HEAD --labels labels.txt --out asked-$WAY',
  'import-mistake': '$L import nowhere.keras --labels labels.txt --out asked-$WAY',
  'import-labels-mistake': '$L import $HEAD --out asked-$WAY',
  'import-format-mistake': '$L import letter.jpg --labels labels.txt --out asked-$WAY',
  'import-nothing': '$L import',
  train: '$L train photos --out trained-$WAY',
  'train-mistake': '$L train nowhere',
  'train-folder-mistake': '$L train photos/hat --out trained-b-$WAY',
  check: '$L check $HEAD',
  'check-directory': '$L check $ROOT/model/clothing',
  'check-mistake': '$L check letter.jpg',
  calibrate: 'cp -r $ROOT/model/clothing calibrated-$WAY && $L calibrate calibrated-$WAY --photos photos',
  'calibrate-mistake': '$L calibrate $ROOT/model/clothing',
  'calibrate-photos-mistake': '$L calibrate $ROOT/model/clothing --photos nowhere',
  evaluate: '$L evaluate $ROOT/model/clothing --photos photos --out report-$WAY',
  'evaluate-mistake': '$L evaluate nowhere --photos photos --out report-b-$WAY',
  cost: '$L cost',
  'cost-compare': '$L cost --compare --measured 512:190,1024:95',
  'cost-mistake': '$L cost --photos many',
  'cost-region-mistake': '$L cost --region mars-north-1',
  doctor: '$L doctor',
  'doctor-url': '$L doctor --url http://localhost:9',
  'deploy-mistake': '$L deploy --yes',
  'image-mistake': '$L image push',
  'image-unreachable': '$L image push localhost:9/lambda-lens',
  'image-subcommand-mistake': '$L image build',
  off: '$L off --function-name lambda-lens --region eu-west-1',
  on: '$L on --stack nowhere',
  rollback: '$L rollback --function-name lambda-lens --region eu-west-1',
  status: '$L status',
  logs: '$L logs --since yesterday',
  'logs-function': '$L logs --function-name lambda-lens --region eu-west-1',
  completion: '$L completion bash | head -5',
  'completion-mistake': '$L completion tcsh',
};
for (const command of 'init serve classify import train check calibrate evaluate cost doctor deploy image off on rollback status logs completion'.split(
  ' ',
)) {
  (lines as Record<string, string>)[`help-${command}`] = `$L ${command} --help`;
}
(lines as Record<string, string>)['help-image-push'] = '$L image push --help';

mkdirSync(resolve(folder), { recursive: true });
for (const [name, line] of Object.entries(lines)) {
  if (!name.includes(part)) continue;
  const told = [undefined, 60, 120].map((columns) => record(name, line, columns));
  writeFileSync(join(resolve(folder), `${name}.txt`), told.join('\n'));
}

function record(name: string, line: string, columns: number | undefined): string {
  const way = columns === undefined ? 'pipe' : String(columns);
  const {
    npm_lifecycle_event: _npm,
    FORCE_COLOR: _colour,
    NO_COLOR: _none,
    COLUMNS: _columns,
    ...inherited
  } = process.env;
  const env = {
    ...inherited,
    TERM: 'xterm-256color',
    AWS_EC2_METADATA_DISABLED: 'true',
    ROOT: root,
    HEAD: head,
    WAY: way,
  };
  const meant = line.replaceAll('$L', program);
  // "script" of util-linux runs a line in a terminal of its own.
  const [file, words] =
    columns === undefined
      ? (['sh', ['-c', `${meant} 2>&1`]] as const)
      : (['script', ['-qec', `stty cols ${columns} rows 40; ${meant}`, '/dev/null']] as const);
  const { stdout, status } = spawnSync(file, words, { cwd: place, env, timeout: 120_000, input: '' });
  const text = stdout.toString('utf8').replaceAll('\r\n', '\n').trimEnd();
  // A line that is drawn anew is one for each time.
  const shown = stripVTControlCharacters(text).split(/[\n\r]/);
  const wide = columns === undefined ? [] : shown.filter((each) => [...each].length > columns);
  const hasColour = stripVTControlCharacters(text) !== text;
  const faults = [
    ...wide.map((each) => `wider: ${each}`),
    ...(columns === undefined && hasColour ? ['colour in a pipe'] : []),
    ...(/ENOENT|EACCES|EADDR|ECONN|^\s+at .*:\d+/m.test(text) ? ['a code or a stack'] : []),
  ];
  for (const fault of faults) console.log(`${name} (${way}): ${fault}`);
  return `== ${line}   [${way}, exit code ${status}${hasColour ? ', colours' : ''}]\n${text}\n`;
}
