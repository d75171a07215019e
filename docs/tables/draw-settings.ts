import { batchSettings } from '../../facts/batch-settings.ts';
import { functionSettings } from '../../facts/function-settings.ts';
import { keepSettings } from '../../facts/keep-settings.ts';
import { serverSettings } from '../../facts/server-settings.ts';
import { type Setting, type SettingTable, variableOf } from '../../facts/setting.ts';
import type { WholeNumber } from '../../facts/setting-kinds.ts';
import { handedOnSettings, stackSettings } from '../../facts/stack-settings.ts';
import { drawTable } from './draw-table.ts';

/** What most people set first, of the stack's. */
const mostUseful = [
  'functionUrl',
  'httpApi',
  'memoryInMb',
  'architecture',
  'maximumConcurrency',
  'throttleRate',
  'corsOrigins',
  'photoUrl',
  'photoBuckets',
  'modelDirectory',
] as const satisfies readonly (keyof typeof stackSettings)[];

/** The ten rows that the README shows. */
export function drawUsefulSettings(): string {
  return draw(
    'key',
    mostUseful.map((name) => [name, stackSettings[name]]),
  );
}

/** All of docs/settings.md. */
export function drawSettings(): string {
  const entries = Object.entries(functionSettings as SettingTable);
  const ofServer = entries.filter(([, row]) => row.isOfLocalServer);
  const ofFunction = entries.filter(([, row]) => !row.isOfLocalServer);
  return `# Settings

Made by \`npm run docs:tables\` from the tables in [facts/](../facts): change them there.

## The stack

Set one with \`pulumi config set KEY VALUE\`. All are checked before anything is made.

${draw('key', Object.entries(stackSettings))}

## The function

Environment variables, read when the service starts; it does not start with a value that can't be used. The stack sets
those that it has a key for: ${namesInBoth().join(', ')}. \`npm start\` and \`lambda-lens classify\` heed them too.

${draw('variable', ofFunction)}

## The batch function

What a function of the same image heeds besides where \`BATCH_RESULTS\` is set: [photos by the million](bulk.md).

${draw('variable', Object.entries(batchSettings))}

## Photos that are kept

What either function heeds besides where \`KEEP_BUCKET\` is set: [what is kept](bulk.md#keep-what-it-was-unsure-of).

${draw('variable', Object.entries(keepSettings))}

## The local server

What \`npm start\` heeds besides.

${draw('variable', [...ofServer, ...Object.entries(serverSettings)])}
`;
}

function draw(heading: 'key' | 'variable', rows: readonly (readonly [string, Setting])[]): string {
  const cells = rows.map(([name, row]) => {
    const called = heading === 'key' ? name : variableOf(name);
    return [`\`${called}\``, describeDefault(row), describeRange(row), row.sentence];
  });
  return drawTable([heading, 'default', 'may be', 'what it is'], cells);
}

function namesInBoth(): string[] {
  return handedOnSettings.map((name) => `\`${variableOf(name)}\``);
}

function describeRange({ minimum, maximum, allowed }: Setting & Partial<WholeNumber>): string {
  if (minimum === undefined || maximum === undefined) return allowed;
  return `${minimum.toLocaleString('en-US')} to ${maximum.toLocaleString('en-US')}`;
}

function describeDefault(row: Setting): string {
  if (row.defaultInWords !== undefined) return row.defaultInWords;
  if (row.default === undefined) return 'none';
  if (typeof row.default !== 'number') return `\`${row.print(row.default)}\``;
  return row.unit === undefined ? `\`${row.default}\`` : `${row.default.toLocaleString('en-US')} ${row.unit}`;
}
