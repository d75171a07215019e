import { countDifferentBits } from '../features/fingerprint.ts';

const mostDifferentBits = 3;
const bands = 4;
const bitsPerBand = 16n;
const bandMask = 0xffffn;
/** Pictures of nearly one colour share a band by the thousand. */
const mostCompared = 200;
const leastCosine = 0.97;
const bitsInAll = 64;
const fewestBitsOfAKind = 8;

/**
 * A number for each photo, the same for those that are nearly the same picture: fingerprints that differ in 3 bits of 64 at
 * most, and features that point the same way. Two such fingerprints have one of four quarters in common, so that only those
 * are compared.
 */
export function groupAlike(fingerprints: readonly bigint[], featuresOf: (photo: number) => Float32Array): number[] {
  const groups = fingerprints.map((_, photo) => photo);
  const find = (photo: number): number => {
    let root = photo;
    while (groups[root] !== root) root = groups[root] as number;
    return root;
  };
  for (let band = 0; band < bands; band++) {
    const shift = BigInt(band) * bitsPerBand;
    const buckets = new Map<bigint, number[]>();
    for (const [photo, bits] of fingerprints.entries()) {
      if (!isTelling(bits)) continue;
      const key = (bits >> shift) & bandMask;
      const bucket = buckets.get(key) ?? [];
      for (const other of bucket.slice(-mostCompared)) {
        if (find(other) === find(photo)) continue;
        if (countDifferentBits(bits, fingerprints[other] as bigint) > mostDifferentBits) continue;
        if (cosine(featuresOf(photo), featuresOf(other)) < leastCosine) continue;
        const [low, high] = [find(other), find(photo)].sort((one, two) => one - two) as [number, number];
        groups[high] = low;
      }
      bucket.push(photo);
      buckets.set(key, bucket);
    }
  }
  return groups.map((_, photo) => find(photo));
}

/** A picture of one colour, or a plain gradient, has nearly all bits alike: so have thousands of others. */
function isTelling(bits: bigint): boolean {
  const ones = countDifferentBits(bits, 0n);
  return ones >= fewestBitsOfAKind && ones <= bitsInAll - fewestBitsOfAKind;
}

export function cosine(one: Float32Array, other: Float32Array): number {
  let product = 0;
  let square = 0;
  let otherSquare = 0;
  for (let at = 0; at < one.length; at++) {
    const [a, b] = [one[at] as number, other[at] as number];
    product += a * b;
    square += a * a;
    otherSquare += b * b;
  }
  return product / (Math.sqrt(square * otherSquare) || 1);
}
