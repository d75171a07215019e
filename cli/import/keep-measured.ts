import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ImportError } from '../../importer/import-error.ts';
import type { Card } from '../../model/card/card.ts';
import { parseCard } from '../../model/card/parse-card.ts';
import { ModelError } from '../../model/model-error.ts';
import { canonicalJson } from '../../model/version.ts';

/** What `calibrate` and `evaluate` have measured. */
type Measured = Pick<Card, 'calibration' | 'metrics'>;

const written = ['README.md', 'evaluation'];

/**
 * What was measured of the model that is replaced, where the new one answers just as it did: a calibration that was fitted on
 * other weights, labels or pixels would make promises that nobody keeps. Undefined where nothing was measured.
 * @throws ImportError where something was, and the models differ, unless `isForced`: then it is dropped
 */
export function keepMeasured(
  staging: string,
  card: Card,
  earlier: string | undefined,
  isForced: boolean,
): Measured | undefined {
  const before = earlier === undefined ? undefined : readCard(earlier);
  const measured = [
    ...(before?.calibration ? ['its calibration'] : []),
    ...(before?.metrics?.evaluation ? ['what "evaluate" measured'] : []),
  ];
  if (earlier === undefined || before === undefined || measured.length === 0) return undefined;
  const differing = [
    ...(before.version === card.version ? [] : ['weights']),
    ...(isSameFile(staging, earlier, 'model.json') ? [] : ['graph']),
    ...(['labels', 'input', 'output'] as const).filter(
      (key) => canonicalJson(before[key]) !== canonicalJson(card[key]),
    ),
  ];
  if (differing.length === 0) {
    for (const name of written.filter((one) => existsSync(join(earlier, one)))) {
      cpSync(join(earlier, name), join(staging, name), { recursive: true });
    }
    return {
      ...(before.calibration && { calibration: before.calibration }),
      ...(before.metrics && { metrics: before.metrics }),
    };
  }
  if (isForced) return undefined;
  throw new ImportError(
    `The model in ${earlier} has been measured (${measured.join(' and ')}), and the new one has other ${differing.join(', ')}.`,
    'Import to another --out, or give --force, which drops what was measured; then calibrate again.',
  );
}

/** Undefined for a card that is missing or damaged: nothing of it can be kept. */
function readCard(directory: string): Card | undefined {
  const path = join(directory, 'card.json');
  if (!existsSync(path)) return undefined;
  try {
    return parseCard(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof ModelError) return undefined;
    throw error;
  }
}

function isSameFile(one: string, other: string, name: string): boolean {
  const path = join(other, name);
  return existsSync(path) && readFileSync(path).equals(readFileSync(join(one, name)));
}
