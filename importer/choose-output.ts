import { findHead, type Head } from './graph/find-head.ts';
import { GraphBuilder } from './graph/graph-builder.ts';
import type { GraphNode } from './graph/node.ts';
import { countValues } from './graph/shape.ts';
import { ImportError } from './import-error.ts';

/** What the owner says of the scores: one number for two labels, or a yes or no for each label. */
export const outputActivations = ['sigmoid', 'sigmoid-each'] as const;
export type OutputActivation = (typeof outputActivations)[number];

export interface ChosenOutput {
  /** [1, outputs], with the activation that the owner named where the model has none. */
  readonly score: GraphNode;
  readonly kind: Head['kind'] | 'sigmoids';
  readonly outputs: number;
}

/**
 * The scores as a classifier has them: flat, whatever axes of length 1 they have, and ending as the owner says. Throws an
 * {@link ImportError} for what is no classifier, and where the owner has to say more.
 */
export function chooseOutput(answer: GraphNode, activation: OutputActivation | undefined): ChosenOutput {
  const outputs = countValues(answer.shape);
  if (outputs !== Math.max(1, ...answer.shape)) {
    throw new ImportError(
      `The model answers a tensor of [${answer.shape}], not one score a label.`,
      'A classifier ends in one number a label; this may be a segmentation or detection model.',
    );
  }
  const builder = new GraphBuilder();
  const flat = answer.shape.length === 2 && answer.shape[0] === 1 ? answer : builder.reshape(answer, [1, outputs]);
  const { kind } = findHead(flat);
  if (activation === undefined) return { score: flat, kind: requireClear(kind, outputs), outputs };
  if (kind === 'softmax') {
    throw new ImportError(
      'The model ends in a softmax, so --output-activation would change its answers.',
      'Leave --output-activation out.',
    );
  }
  if (activation === 'sigmoid' && outputs > 1) {
    throw new ImportError(
      `--output-activation sigmoid is for one output that stands for two labels; the model has ${outputs}.`,
      'Give --output-activation sigmoid-each if a photo may have several labels at once; leave it out if it has one.',
    );
  }
  const score = kind === 'sigmoid' ? flat : builder.within('output_activation', () => builder.unary('Sigmoid', flat));
  return { score, kind: activation === 'sigmoid' || outputs === 1 ? 'sigmoid' : 'sigmoids', outputs };
}

function requireClear(kind: Head['kind'], outputs: number): Head['kind'] {
  if (kind === 'sigmoid' && outputs > 1) {
    throw new ImportError(
      `The model ends in ${outputs} independent sigmoids: a photo may have several labels at once.`,
      'If that is meant, give --output-activation sigmoid-each. If a photo has one label, end the model in a softmax.',
    );
  }
  if (kind !== 'sigmoid' && outputs === 1) {
    throw new ImportError(
      'The model answers a single number that is no probability.',
      'If it was trained with from_logits=True for two labels, give --output-activation sigmoid.',
    );
  }
  return kind;
}
