import { countDifferentBits } from '../../training/features/fingerprint.ts';

/** Of 64: pictures of one thing from one place differ in fewer, any two in about 32. */
const mostDifferentBits = 8;
/** A look at each takes some microseconds. */
const mostRemembered = 1_000;
/** A picture of one colour, or a plain gradient, has nearly all bits alike: so have thousands of others. */
const fewestBitsOfAKind = 8;
const bitsInAll = 64;

/** The fingerprints of the last pictures that a person has seen. */
export class NearCopies {
  readonly #seen: bigint[] = [];

  add(fingerprint: bigint): void {
    this.#seen.push(fingerprint);
    if (this.#seen.length > mostRemembered) this.#seen.shift();
  }

  /** Whether a person has seen nearly the same picture. */
  has(fingerprint: bigint): boolean {
    const ones = countDifferentBits(fingerprint, 0n);
    if (ones < fewestBitsOfAKind || ones > bitsInAll - fewestBitsOfAKind) return false;
    return this.#seen.some((other) => countDifferentBits(other, fingerprint) <= mostDifferentBits);
  }
}
