import { isJsonObject } from '../../facts/json-object.ts';
import type { Card } from '../../model/card/card.ts';

/** How probabilities and verdicts come about, in Markdown. */
export function describeFit({ calibration, labels }: Card): string {
  if (calibration === undefined) {
    return 'Nobody has calibrated the model (`lambda-lens calibrate`): the probabilities are its own.';
  }
  const { temperature, unsureBelow = 0.5 } = calibration;
  if (typeof unsureBelow === 'number') {
    return `Logits are divided by ${temperature}; a first label below ${unsureBelow} is \`unsure\`.`;
  }
  const thresholds = labels.map((label, at) => `${label} ${unsureBelow[at]}`).join(', ');
  return `Each label stands alone, with a threshold of its own below which it is \`unsure\`: ${thresholds}.`;
}

/** The card's own record of the fit: the figures that were measured on photos left out of it. */
export function writeFitted(fitted: Readonly<Record<string, unknown>> | undefined): string[] {
  if (fitted === undefined) return [];
  return [
    '\nWhat the calibration was fitted on, and what it showed on the photos left out of each fit:\n',
    writeList(fitted),
  ];
}

/** Undefined where the card does not tell. */
export function writeTraining({ trained }: Card): string | undefined {
  return trained && `## How it was trained\n\n${writeList(trained)}`;
}

/** Tables as lists within lists, a list of tables as numbered lines. */
function writeList(values: Readonly<Record<string, unknown>>, indent = ''): string {
  return Object.entries(values)
    .map(([key, value]) => {
      if (isJsonObject(value)) return `${indent}- ${key}\n${writeList(value, `${indent}  `)}`;
      if (!Array.isArray(value) || !value.every(isJsonObject)) return `${indent}- ${key}: ${writeValue(value)}`;
      return `${indent}- ${key}\n${value.map((item, index) => `${indent}  ${index + 1}. ${writeLine(item)}`).join('\n')}`;
    })
    .join('\n');
}

function writeLine(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .map(([key, value]) => `${key}: ${writeValue(value)}`)
    .join('; ');
}

function writeValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
