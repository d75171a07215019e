import { indexOfLargest, toProbabilities } from '../../model/verdict/probabilities.ts';
import { findNearest, type Neighbour } from '../../training/findings/find-nearest.ts';
import { judgeSize } from '../../training/photos/require-enough.ts';
import { countByLabel, type Trained } from '../../training/train.ts';
import { type EvaluatedPhoto, type Evaluation, evaluateResults } from '../evaluation/evaluate-results.ts';

/** What a training found, as report and words tell it. */
export interface TrainingSummary {
  /** Of answers for photos by heads that were fitted without them. */
  readonly evaluation: Evaluation;
  /** In the order of the rows of what was learned. */
  readonly photos: readonly EvaluatedPhoto[];
  readonly mistakes: readonly Mistake[];
  /** Photos whose label looks wrong, the most doubtful first. */
  readonly doubtful: readonly { readonly photo: EvaluatedPhoto; readonly suggested: string }[];
  /** Photos of several labels that are nearly the same picture. */
  readonly alike: readonly (readonly EvaluatedPhoto[])[];
  /** The label that more photos would help most; undefined where each is right often. */
  readonly weakest: { readonly label: string; readonly share: number; readonly takenFor: string } | undefined;
  /** What there is to say of small or lopsided sets. */
  readonly remarks: readonly string[];
}

export interface Mistake {
  readonly photo: EvaluatedPhoto;
  readonly nearest: readonly { readonly photo: EvaluatedPhoto; readonly cosine: number }[];
}

const mostMistakes = 24;
const neighboursPerMistake = 3;
const goodEnough = 0.95;

export function summariseTraining({ labels, learned, calibration }: Trained): TrainingSummary {
  const photos = learned.photos.map(({ path, label, logits }): EvaluatedPhoto => {
    const probabilities = toProbabilities(logits, learned.temperature);
    const first = indexOfLargest(probabilities);
    const probability = probabilities[first] as number;
    const { unsureBelow = 1 } = calibration ?? {};
    const isSure = typeof unsureBelow === 'number' && unsureBelow < 1 && probability >= unsureBelow;
    return {
      path,
      label: labels[label] as string,
      predicted: labels[first] as string,
      probability,
      verdict: calibration === undefined ? 'uncalibrated' : isSure ? 'confident' : 'unsure',
      probabilities: [...probabilities],
    };
  });
  const evaluation = evaluateResults(labels, photos, []);
  const toNeighbour = ({ row, cosine }: Neighbour) => ({ photo: photos[row] as EvaluatedPhoto, cosine });
  const wrong = [...photos.entries()].filter(([, { label, predicted }]) => label !== predicted);
  wrong.sort(([, one], [, other]) => other.probability - one.probability);
  const shown = wrong.slice(0, mostMistakes);
  const nearest = findNearest(
    learned.features,
    shown.map(([row]) => row),
    neighboursPerMistake,
  );
  return {
    evaluation,
    photos,
    mistakes: shown.map(([, photo], at) => ({ photo, nearest: (nearest[at] ?? []).map(toNeighbour) })),
    doubtful: learned.doubtful.map(({ row, suggested }) => ({
      photo: photos[row] as EvaluatedPhoto,
      suggested: labels[suggested] as string,
    })),
    alike: findAlike(
      learned.photos.map(({ group }) => group),
      photos,
    ),
    weakest: findWeakest(evaluation, labels),
    remarks: judgeSize(countByLabel(labels, learned.photos)),
  };
}

function findAlike(groups: readonly number[], photos: readonly EvaluatedPhoto[]): (readonly EvaluatedPhoto[])[] {
  const byGroup = Map.groupBy(photos.keys(), (row) => groups[row]);
  return [...byGroup.values()]
    .map((rows) => rows.map((row) => photos[row] as EvaluatedPhoto))
    .filter((same) => same.some(({ label }) => label !== same[0]?.label));
}

/** By the lower end of the interval: of few photos little is known, and more of them help. */
function findWeakest({ labels, confusion }: Evaluation, names: readonly string[]): TrainingSummary['weakest'] {
  const [weakest] = labels.toSorted((one, other) => one.recall.low - other.recall.low);
  if (weakest === undefined || weakest.recall.share >= goodEnough) return undefined;
  const row = names.indexOf(weakest.label);
  const counts = (confusion[row] ?? []).map((count, column) => (column === row ? 0 : count));
  return {
    label: weakest.label,
    share: weakest.recall.share,
    takenFor: names[counts.indexOf(Math.max(...counts))] as string,
  };
}
