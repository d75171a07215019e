import { parseJson } from '../../files/parse-json.ts';
import { ModelError } from '../model-error.ts';
import {
  type Card,
  type CardCalibration,
  type CardInput,
  type FitMode,
  fitModes,
  isPillowResize,
  type ResizeMode,
  resizeModes,
} from './card.ts';

const channelCount = { rgb: 3, bgr: 3, grey: 1 } as const;
const channelOrders = ['rgb', 'bgr', 'grey'] as const;
const outputKinds = ['logits', 'softmax', 'sigmoid', 'sigmoids'] as const;
const largestInputSizeInPixels = 4096;

type Table = Readonly<Record<string, unknown>>;

/**
 * The text of a card.json, checked against the schema of a card. Throws a ModelError of reason `bad_card` that names the
 * key, the value found there and what belongs there. Keys that a card does not know are an error too: a misspelt
 * `offset` would change every answer.
 */
export function parseCard(text: string): Card {
  const table = asTable(parseCardText(text), 'card.json');
  refuseUnknownKeys(table, '', ['name', 'version', 'labels', 'input', 'output', 'calibration', 'trained', 'metrics']);
  const labels = readLabels(table.labels);
  const { calibration } = table;
  return {
    name: readText(table.name, 'name'),
    version: readText(table.version, 'version'),
    labels,
    input: readInput(asTable(table.input, 'input')),
    output: readOneOf(table.output, 'output', outputKinds),
    ...(calibration !== undefined && {
      calibration: readCalibration(asTable(calibration, 'calibration'), labels.length),
    }),
    ...(table.trained !== undefined && { trained: asTable(table.trained, 'trained') }),
    ...(table.metrics !== undefined && { metrics: asTable(table.metrics, 'metrics') }),
  };
}

/** What a body's card.json has: no labels, as nothing of it says what a photo shows. Throws as {@link parseCard} does. */
export function parseBodyCard(text: string): Pick<Card, 'name' | 'input'> {
  const table = asTable(parseCardText(text), 'card.json');
  return { name: readText(table.name, 'name'), input: readInput(asTable(table.input, 'input')) };
}

/** How many channels the model's input has. */
export function countChannels(input: CardInput): 1 | 3 {
  return channelCount[input.channels];
}

function readInput(table: Table): CardInput {
  refuseUnknownKeys(table, 'input.', ['width', 'height', 'channels', 'resize', 'fit', 'resizeTo', 'scale', 'offset']);
  const channels = readOneOf(table.channels, 'input.channels', channelOrders);
  const resize = readOneOf(table.resize, 'input.resize', resizeModes);
  const fit = readFit(table.fit, resize);
  return {
    width: readSize(table.width, 'input.width'),
    height: readSize(table.height, 'input.height'),
    channels,
    resize,
    fit,
    ...(table.resizeTo !== undefined && { resizeTo: readResizeTo(table.resizeTo, fit) }),
    scale: readPerChannel(table.scale, 'input.scale', channelCount[channels]),
    offset: readPerChannel(table.offset, 'input.offset', channelCount[channels]),
  };
}

function readFit(value: unknown, resize: ResizeMode): FitMode {
  const fit = readOneOf(value, 'input.fit', fitModes);
  if (fit !== 'pillow-fit' || isPillowResize(resize)) return fit;
  throw badCard('input.fit', fit, `another fit beside "resize": "${resize}", which is none of Pillow's,`);
}

function isThreshold(value: unknown, labels: number): value is number | readonly number[] {
  const isShare = (share: unknown) => isNumber(share) && share >= 0 && share <= 1;
  return Array.isArray(value) ? value.length === labels && value.every(isShare) : isShare(value);
}

function readResizeTo(value: unknown, fit: FitMode): number {
  if (fit === 'letterbox' || fit === 'pillow-fit') {
    throw badCard('input.resizeTo', value, `nothing beside the fit ${fit}`);
  }
  return readSize(value, 'input.resizeTo');
}

function readCalibration(table: Table, labels: number): CardCalibration {
  refuseUnknownKeys(table, 'calibration.', ['temperature', 'unsureBelow', 'unfamiliar', 'fitted']);
  const { temperature, unsureBelow, unfamiliar, fitted } = table;
  if (!isNumber(temperature) || temperature <= 0)
    throw badCard('calibration.temperature', temperature, 'a number above 0');
  if (unsureBelow !== undefined && !isThreshold(unsureBelow, labels)) {
    throw badCard('calibration.unsureBelow', unsureBelow, 'a number from 0 to 1, or one for each label');
  }
  return {
    temperature,
    ...(unsureBelow !== undefined && { unsureBelow }),
    ...(unfamiliar !== undefined && { unfamiliar: asTable(unfamiliar, 'calibration.unfamiliar') }),
    ...(fitted !== undefined && { fitted: asTable(fitted, 'calibration.fitted') }),
  };
}

function readLabels(value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.length < 2 || !value.every((label) => typeof label === 'string' && label !== '')) {
    throw badCard('labels', value, 'a list of two or more names');
  }
  const repeated = value.find((label, at) => value.indexOf(label) !== at);
  if (repeated !== undefined) throw badCard('labels', repeated, 'each label once');
  return value;
}

function readText(value: unknown, key: string): string {
  if (typeof value !== 'string' || value === '') throw badCard(key, value, 'a text that is not empty');
  return value;
}

function readSize(value: unknown, key: string): number {
  if (!Number.isInteger(value) || (value as number) < 1 || (value as number) > largestInputSizeInPixels) {
    throw badCard(key, value, `a whole number of pixels from 1 to ${largestInputSizeInPixels}`);
  }
  return value as number;
}

function readOneOf<Choice extends string>(value: unknown, key: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((known) => known === value);
  if (choice === undefined) throw badCard(key, value, `one of ${choices.join(', ')}`);
  return choice;
}

function readPerChannel(value: unknown, key: string, channels: number): number | readonly number[] {
  if (isNumber(value)) return value;
  if (Array.isArray(value) && value.length === channels && value.every(isNumber)) return value;
  throw badCard(key, value, `a number, or a list of ${channels} numbers, one for each channel`);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function parseCardText(text: string): unknown {
  try {
    return parseJson(text);
  } catch (cause) {
    throw new ModelError('bad_card', `card.json is not JSON: ${(cause as Error).message}.`, { cause });
  }
}

function asTable(value: unknown, key: string): Table {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw badCard(key, value, 'an object');
  return value as Table;
}

function refuseUnknownKeys(table: Table, prefix: string, known: readonly string[]): void {
  const unknown = Object.keys(table).find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw badCard(prefix + unknown, table[unknown], `no such key (known: ${known.join(', ')})`);
}

function badCard(key: string, value: unknown, expected: string): ModelError {
  const found = value === undefined ? 'nothing' : abbreviate(JSON.stringify(value));
  return new ModelError('bad_card', `card.json has ${found} at '${key}', where ${expected} belongs.`);
}

function abbreviate(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}
