import type { RowRange } from '../../model/calibration/feature-matrix.ts';
import {
  type CrossValidation,
  type CrossValidationOptions,
  chooseStrength,
  crossValidate,
  type FitHead,
  type Strengths,
} from './cross-validate.ts';
import { fitDiscriminant } from './discriminant.ts';
import { countFoldsOf } from './folds.ts';
import { addHeads, type HeadData, type LinearHead } from './linear-head.ts';
import { fitSoftmaxRegression } from './softmax-regression.ts';

/** How strongly both kinds of heads are held back, and how sure they are. */
export interface HeadRecipe {
  readonly shrinkage: number;
  readonly penalty: number;
  readonly discriminantTemperature: number;
  readonly regressionTemperature: number;
}

export interface ChosenHead {
  readonly recipe: HeadRecipe;
  /** Fitted on all rows. */
  readonly head: LinearHead;
  /** Of each row, by the head that was fitted without its fold. */
  readonly logits: readonly Float32Array[];
}

/** The first ones tried suit some thousand photos. */
const shrinkages = { all: [0.9, 0.8, 0.6, 0.35, 0.15, 0.05], usual: 0.6 };
/** Each about a third of the one before. */
const penalties = { all: [30, 10, 3, 1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0003], usual: 0.1 };

/** How many photos tell which strength is best. */
const enoughToChoose = 500;

/**
 * A linear discriminant and a multinomial logistic regression, added up: each errs in its own way, and the sum is a dense
 * layer like either.
 * @param onFit called after each head that was fitted
 */
export function chooseHead(
  data: HeadData,
  folds: readonly RowRange[],
  onFit: () => void = () => undefined,
): ChosenHead {
  const validate = (fitHead: FitHead, options: CrossValidationOptions) =>
    crossValidate(
      data,
      folds,
      (ranges, start) => {
        const fitted = fitHead(ranges, start);
        onFit();
        return fitted;
      },
      options,
    );
  const choose = (strengths: Strengths, fitAt: (strength: number) => FitHead) => {
    const foldCount = countFoldsOf(folds, enoughToChoose);
    const { strength, points } = chooseStrength(strengths, (tried, from) =>
      validate(fitAt(tried), { foldCount, starts: from?.points ?? [] }),
    );
    return { ...validate(fitAt(strength), { starts: points }), strength };
  };
  const discriminant = choose(
    shrinkages,
    (shrinkage) => (ranges, start) => fitDiscriminant(data, ranges, { shrinkage, start }),
  );
  const regression = choose(
    penalties,
    (penalty) => (ranges, start) => fitSoftmaxRegression(data, ranges, { penalty, start }),
  );
  const recipe = {
    shrinkage: discriminant.strength,
    penalty: regression.strength,
    discriminantTemperature: discriminant.temperature,
    regressionTemperature: regression.temperature,
  };
  return {
    recipe,
    head: fitRecipe(data, [{ from: 0, to: data.matrix.rows }], recipe, {
      discriminant: discriminant.points[0],
      regression: regression.points[0],
    }),
    logits: addLogits(discriminant, regression),
  };
}

/** Both heads on the rows of `ranges`, added up. */
export function fitRecipe(
  data: HeadData,
  ranges: readonly RowRange[],
  recipe: HeadRecipe,
  starts: Partial<Record<'discriminant' | 'regression', Float64Array | undefined>> = {},
): LinearHead {
  const { shrinkage, penalty, discriminantTemperature, regressionTemperature } = recipe;
  const discriminant = fitDiscriminant(data, ranges, { shrinkage, start: starts.discriminant });
  const regression = fitSoftmaxRegression(data, ranges, { penalty, start: starts.regression });
  return addHeads([
    { head: discriminant.head, temperature: discriminantTemperature },
    { head: regression.head, temperature: regressionTemperature },
  ]);
}

function addLogits(one: CrossValidation, other: CrossValidation): Float32Array[] {
  return one.logits.map((row, index) =>
    row.map((value, label) => value / one.temperature + (other.logits[index]?.[label] as number) / other.temperature),
  );
}
