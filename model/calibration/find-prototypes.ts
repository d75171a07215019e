import { randomSource } from './random-source.ts';

const rounds = 25;
const seed = 1;

/**
 * Groups vectors of length 1 by direction (spherical k-means) and returns the direction of each group, `count` of them
 * or fewer where groups run empty. The first ones are drawn far from each other, as k-means++ does.
 */
export function findPrototypes(vectors: readonly Float32Array[], count: number): Float32Array[] {
  let groups: Group[] = drawFirst(vectors, Math.min(count, vectors.length)).map((direction) => ({
    members: [],
    direction,
    cosines: cosinesOf(direction, vectors),
  }));
  for (let round = 0; round < rounds; round++) {
    const members = groups.map((): number[] => []);
    for (const at of vectors.keys()) members[indexOfNearest(groups, at)]?.push(at);
    const isSame = (own: readonly number[], group: number) => {
      const before = groups[group]?.members ?? [];
      return own.length === before.length && own.every((at, place) => at === before[place]);
    };
    // The same groups have the same directions.
    if (round > 0 && members.every(isSame)) break;
    groups = members.flatMap((own, group): Group[] => {
      if (own.length === 0) return [];
      if (isSame(own, group)) return [groups[group] as Group];
      const direction = meanDirection(own.map((at) => vectors[at] as Float32Array));
      return [{ members: own, direction, cosines: cosinesOf(direction, vectors) }];
    });
  }
  return groups.map(({ direction }) => direction);
}

interface Group {
  /** Positions of its vectors. */
  readonly members: readonly number[];
  readonly direction: Float32Array;
  /** Of each vector with the direction: a group that stays the same keeps them. */
  readonly cosines: Float64Array;
}

function cosinesOf(direction: Float32Array, vectors: readonly Float32Array[]): Float64Array {
  return Float64Array.from(vectors, (vector) => cosine(direction, vector));
}

function drawFirst(vectors: readonly Float32Array[], count: number): Float32Array[] {
  const random = randomSource(seed);
  const chosen = [vectors[Math.floor(random() * vectors.length)] as Float32Array];
  const nearest = new Array<number>(vectors.length).fill(-1);
  while (chosen.length < count) {
    const last = chosen.at(-1) as Float32Array;
    for (const [at, vector] of vectors.entries()) nearest[at] = Math.max(nearest[at] as number, cosine(vector, last));
    const distances = nearest.map((largest) => Math.max(0, 1 - largest));
    let left = random() * distances.reduce((sum, distance) => sum + distance, 0);
    const drawn = distances.findIndex((distance) => {
      left -= distance;
      return left < 0;
    });
    chosen.push(vectors[Math.max(drawn, 0)] as Float32Array);
  }
  return chosen;
}

function indexOfNearest(groups: readonly Group[], vector: number): number {
  let nearest = 0;
  for (let group = 1; group < groups.length; group++) {
    const [one, best] = [groups[group]?.cosines[vector] as number, groups[nearest]?.cosines[vector] as number];
    if (one > best) nearest = group;
  }
  return nearest;
}

function cosine(one: Float32Array, other: Float32Array): number {
  // Four sums side by side: one alone waits for each addition before it begins the next, and takes three times as long.
  let [first, second, third, fourth] = [0, 0, 0, 0];
  const unrolled = one.length - (one.length % 4);
  for (let at = 0; at < unrolled; at += 4) {
    first += (one[at] as number) * (other[at] as number);
    second += (one[at + 1] as number) * (other[at + 1] as number);
    third += (one[at + 2] as number) * (other[at + 2] as number);
    fourth += (one[at + 3] as number) * (other[at + 3] as number);
  }
  for (let at = unrolled; at < one.length; at++) first += (one[at] as number) * (other[at] as number);
  return first + second + third + fourth;
}

function meanDirection(group: readonly Float32Array[]): Float32Array {
  const sum = new Float64Array(group[0]?.length ?? 0);
  for (const vector of group)
    for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] as number) + (vector[at] as number);
  const length = Math.sqrt(sum.reduce((total, value) => total + value * value, 0));
  return Float32Array.from(sum, (value) => value / length);
}
