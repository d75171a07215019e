import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ImportError } from '../import-error.ts';
import { fitLabels } from './fit-labels.ts';
import { readLabels } from './read-labels.ts';

export interface LabelsBeside {
  readonly path: string;
  readonly labels: readonly string[];
}

/** Under which names exports lay their labels beside the model. */
const usualNames = ['labels.txt', 'metadata.json', 'class_names.txt', 'class_indices.json'] as const;

/** Labels in a file of a usual name in the model's folder, as many as it has outputs; undefined where there are none. */
export function findLabelsBeside(model: string, outputs: number): LabelsBeside | undefined {
  for (const name of usualNames) {
    const path = join(dirname(model), name);
    const labels = existsSync(path) ? readFitting(path, outputs) : undefined;
    if (labels !== undefined) return { path, labels };
  }
  return undefined;
}

/** A file of that name which is no list of labels, or one of another model, is none. */
function readFitting(path: string, outputs: number): readonly string[] | undefined {
  try {
    return fitLabels(readLabels(path), outputs);
  } catch (error) {
    if (error instanceof ImportError) return undefined;
    throw error;
  }
}
