import type { RowRange } from '../../model/calibration/feature-matrix.ts';
import {
  type CrossValidation,
  type CrossValidationOptions,
  chooseStrength,
  crossValidate,
  makeLogits,
  type Strengths,
} from './cross-validate.ts';
import type { FitHead, HeadJob } from './fit-head.ts';
import { countFoldsOf } from './folds.ts';
import { addHeads, type HeadData, type LinearHead } from './linear-head.ts';

/** How strongly both kinds of heads are held back, and how sure they are. */
export interface HeadRecipe {
  readonly shrinkage: number;
  readonly penalty: number;
  readonly discriminantTemperature: number;
  readonly regressionTemperature: number;
}

export interface ChosenRecipe {
  readonly recipe: HeadRecipe;
  /** Where heads of it that are fitted on all rows may begin. */
  readonly starts: Starts;
  /** Of each row, by the head that was fitted without its fold. */
  readonly logits: readonly Float32Array[];
}

type Starts = Partial<Record<HeadJob['kind'], Float64Array | undefined>>;

/** The first ones tried suit some thousand photos. */
const shrinkages = { all: [0.9, 0.8, 0.6, 0.35, 0.15, 0.05], usual: 0.6 };
/** Each about a third of the one before. */
const penalties = { all: [30, 10, 3, 1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0003], usual: 0.1 };

/** How many photos tell which strength is best. */
const enoughToChoose = 500;

/**
 * How to hold back a linear discriminant and a multinomial logistic regression, which are added up: each errs in its own way,
 * and the sum is a dense layer like either.
 * @param fitHead fits a head on the same data
 */
export async function chooseRecipe(
  data: HeadData,
  folds: readonly RowRange[],
  fitHead: FitHead,
): Promise<ChosenRecipe> {
  const validate = (job: Pick<HeadJob, 'kind' | 'strength'>, options: CrossValidationOptions) =>
    crossValidate(data, folds, (ranges, start) => fitHead({ ...job, ranges, start }), options);
  const choose = async (kind: HeadJob['kind'], strengths: Strengths) => {
    const foldCount = countFoldsOf(folds, enoughToChoose);
    const { strength, points } = await chooseStrength(strengths, (tried, from) =>
      validate({ kind, strength: tried }, { foldCount, starts: from?.points ?? [] }),
    );
    return { ...(await validate({ kind, strength }, { starts: points })), strength };
  };
  const [discriminant, regression] = await Promise.all([
    choose('discriminant', shrinkages),
    choose('regression', penalties),
  ]);
  const recipe = {
    shrinkage: discriminant.strength,
    penalty: regression.strength,
    discriminantTemperature: discriminant.temperature,
    regressionTemperature: regression.temperature,
  };
  return {
    recipe,
    starts: { discriminant: discriminant.points[0], regression: regression.points[0] },
    logits: addLogits(discriminant, regression),
  };
}

/** Both heads on the rows of `ranges`, added up. */
export async function fitRecipe(
  fitHead: FitHead,
  ranges: readonly RowRange[],
  recipe: HeadRecipe,
  starts: Starts = {},
): Promise<LinearHead> {
  const { shrinkage, penalty, discriminantTemperature, regressionTemperature } = recipe;
  const [discriminant, regression] = await Promise.all([
    fitHead({ kind: 'discriminant', strength: shrinkage, ranges, start: starts.discriminant }),
    fitHead({ kind: 'regression', strength: penalty, ranges, start: starts.regression }),
  ]);
  return addHeads([
    { head: discriminant.head, temperature: discriminantTemperature },
    { head: regression.head, temperature: regressionTemperature },
  ]);
}

function addLogits(one: CrossValidation, other: CrossValidation): readonly Float32Array[] {
  const sums = makeLogits(one.logits.length, one.logits[0]?.length ?? 0);
  for (const [row, sum] of sums.entries()) {
    const [mine, others] = [one.logits[row] as Float32Array, other.logits[row] as Float32Array];
    for (let label = 0; label < sum.length; label++) {
      sum[label] = (mine[label] as number) / one.temperature + (others[label] as number) / other.temperature;
    }
  }
  return sums;
}
