import type { OperationConverter } from './operation-context.ts';
import { activationOperators } from './operators/activation-operators.ts';
import { attentions } from './operators/attention.ts';
import { convolutions } from './operators/convolutions.ts';
import { dynamicallyQuantisedOperators } from './operators/dynamically-quantised.ts';
import { sums } from './operators/einsum.ts';
import { elementwise } from './operators/elementwise.ts';
import { fusedOperators } from './operators/fused-operators.ts';
import { linearModels } from './operators/linear-models.ts';
import { normalisation } from './operators/normalisation.ts';
import { pooling } from './operators/pooling.ts';
import { products } from './operators/products.ts';
import { quantised } from './operators/quantised.ts';
import { reductions } from './operators/reductions.ts';
import { resizing } from './operators/resizing.ts';
import { shaping } from './operators/shaping.ts';
import { taking } from './operators/taking.ts';
import { transposedConvolutions } from './operators/transposed-convolutions.ts';

/** How each operator becomes nodes of ours where what it computes depends on the photo. */
export const operatorTable: ReadonlyMap<string, OperationConverter> = new Map(
  Object.entries({
    ...activationOperators,
    ...attentions,
    ...convolutions,
    ...dynamicallyQuantisedOperators,
    ...elementwise,
    ...fusedOperators,
    ...linearModels,
    ...normalisation,
    ...pooling,
    ...products,
    ...quantised,
    ...reductions,
    ...resizing,
    ...shaping,
    ...sums,
    ...taking,
    ...transposedConvolutions,
  }),
);
