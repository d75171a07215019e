import type { AnsweredPhoto } from './read-results.ts';

/** Further on the order is by doubt alone: nobody labels so many at a sitting, and each one costs a look at all others. */
const mostOrderedByVariety = 500;
/** A photo of another kind may get an answer that is sure of itself. */
const leastDoubtOfUnfamiliar = 0.5;

/**
 * Positions of the photos, those first whose labels would teach a model most: what it is unsure of before what it is confident
 * of, and in each part what is doubtful and unlike those before. That is the greedy walk to the farthest point (Gonzalez
 * 1985; for the choice of photos to label: Sener and Savarese 2018, "k-center greedy"), each distance weighted by the doubt,
 * as Ramalingam, Awasthi and Kumar join the two (2023, arXiv:2312.10602). The distance is Hellinger's, between the answers'
 * probabilities: near copies get the same answer, and only one of them comes early.
 */
export function orderByUse(photos: readonly AnsweredPhoto[]): number[] {
  const positions = photos.map((_, position) => position);
  const isSure = (position: number) => photos[position]?.verdict === 'confident';
  return [
    ...walk(
      positions.filter((position) => !isSure(position)),
      photos,
    ),
    ...walk(positions.filter(isSure), photos),
  ];
}

interface Point {
  /** 0 where the first label stands alone, 1 where the second is as probable. */
  readonly doubt: number;
  /** The square roots of the probabilities of the first labels, and of what is left to all others. */
  readonly roots: Float64Array;
  /** The labels' numbers; 0 stands for all others. */
  readonly labels: Uint32Array;
}

/** What further labels have is next to nothing. */
const mostLabels = 10;

function toPoint({ predictions, verdict }: AnsweredPhoto, numbers: Map<string, number>): Point {
  const first = predictions.slice(0, mostLabels);
  const shares = first.map(({ probability }) => Math.min(1, Math.max(0, probability)));
  const rest = Math.max(0, 1 - shares.reduce((sum, share) => sum + share, 0));
  const [most = 0, second = Math.min(most, rest)] = shares;
  // The margin between the first two labels (Scheffer, Decomain and Wrobel 2001).
  const doubt = 1 - Math.max(0, most - second);
  for (const { label } of first) if (!numbers.has(label)) numbers.set(label, numbers.size + 1);
  return {
    doubt: verdict === 'unfamiliar' ? Math.max(leastDoubtOfUnfamiliar, doubt) : doubt,
    roots: Float64Array.from([rest, ...shares], Math.sqrt),
    labels: Uint32Array.from([0, ...first.map(({ label }) => numbers.get(label) as number)]),
  };
}

function walk(positions: readonly number[], photos: readonly AnsweredPhoto[]): number[] {
  const numbers = new Map<string, number>();
  const left = positions.map((position) => ({
    position,
    point: toPoint(photos[position] as AnsweredPhoto, numbers),
    nearest: 1,
  }));
  left.sort((one, other) => other.point.doubt - one.point.doubt);
  const chosenRoots = new Float64Array(numbers.size + 1);
  const ordered: number[] = [];
  while (left.length > 0 && ordered.length < mostOrderedByVariety) {
    const [chosen] = left.splice(indexOfMostUseful(left), 1);
    if (chosen === undefined) break;
    ordered.push(chosen.position);
    chosenRoots.fill(0);
    for (const [at, label] of chosen.point.labels.entries()) chosenRoots[label] = chosen.point.roots[at] as number;
    for (const one of left) one.nearest = Math.min(one.nearest, distance(one.point, chosenRoots));
  }
  return [...ordered, ...left.map(({ position }) => position)];
}

/** The first of several that are alike. */
function indexOfMostUseful(left: readonly { readonly point: Point; readonly nearest: number }[]): number {
  let best = 0;
  let most = -1;
  for (let index = 0; index < left.length; index++) {
    const { point, nearest } = left[index] as (typeof left)[number];
    const use = point.doubt * nearest;
    if (use > most) {
      best = index;
      most = use;
    }
  }
  return best;
}

/** Hellinger's, 0 for the same answer to 1 for answers with no label in common; `others` holds the roots by label. */
function distance({ labels, roots }: Point, others: Float64Array): number {
  let affinity = 0;
  for (let at = 0; at < labels.length; at++)
    affinity += (roots[at] as number) * (others[labels[at] as number] as number);
  return Math.sqrt(Math.max(0, 1 - affinity));
}
