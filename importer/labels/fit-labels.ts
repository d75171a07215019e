import { ImportError } from '../import-error.ts';

/** The label by which lists for TensorFlow's models of 1,001 outputs begin. */
const background = /^_*background_*$/i;

/**
 * One label for each output, or two for a single one; a first "background" that the model has no output for is left out.
 * Throws an {@link ImportError} where they are too few or too many.
 */
export function fitLabels(labels: readonly string[], outputs: number): readonly string[] {
  const wanted = outputs === 1 ? 2 : outputs;
  if (labels.length === wanted) return labels;
  if (labels.length === wanted + 1 && background.test(labels[0] ?? '')) return labels.slice(1);
  throw new ImportError(
    `There are ${labels.length} labels, but the model has ${outputs} output${outputs === 1 ? ', which stands for two labels' : 's'}.`,
    labels.length === 1000 && outputs === 1001
      ? 'Models of 1001 outputs have a first one for "background": put that before the list.'
      : `Give ${wanted} labels in the order in which the model was trained; Keras sorts class folders by name.`,
  );
}
