import { corruptPhoto } from '../../photo-error.ts';
import type { ScanHeader } from '../markers/scan-header.ts';

/**
 * More scans than any encoder writes; the standard would allow a picture of a few bytes a scan to be gone over a thousand
 * times.
 */
export const maximumScans = 100;
const LARGEST_APPROXIMATION = 13;

/** How exactly each coefficient is known after some scans: 63 positions of a component behind the other's. */
const UNKNOWN = 0xff;

/** Follows the scans of a progressive picture through ITU-T T.81, G.1.1.1, and refuses those out of turn. */
export class Progression {
  /** The lowest bit that is known of each component's 64 coefficients. */
  readonly #known: Uint8Array;
  #scans = 0;

  constructor(components: number) {
    this.#known = new Uint8Array(components * 64).fill(UNKNOWN);
  }

  add(scan: ScanHeader): void {
    const { components, spectralStart, spectralEnd, approximationHigh, approximationLow } = scan;
    this.#scans += 1;
    if (this.#scans > maximumScans) throw corruptPhoto(`The JPEG has more than ${maximumScans} scans.`);
    const isDc = spectralStart === 0;
    if (isDc ? spectralEnd !== 0 : spectralEnd < spectralStart || spectralEnd > 63 || components.length > 1) {
      throw corruptPhoto(
        `The JPEG has a scan of coefficients ${spectralStart} to ${spectralEnd} in a progressive picture.`,
      );
    }
    const isFirst = approximationHigh === 0;
    if (approximationLow > LARGEST_APPROXIMATION || (!isFirst && approximationHigh !== approximationLow + 1)) {
      throw corruptPhoto(`The JPEG has a scan from bit ${approximationHigh} to bit ${approximationLow}.`);
    }
    for (const { index } of components) {
      if (!isDc && this.#known[index * 64] === UNKNOWN)
        throw corruptPhoto('The JPEG has details of a component before its base.');
      const band = this.#known.subarray(index * 64 + spectralStart, index * 64 + spectralEnd + 1);
      if (band.some((known) => known !== (isFirst ? UNKNOWN : approximationHigh))) {
        throw corruptPhoto('The JPEG has its progressive scans out of order.');
      }
      band.fill(approximationLow);
    }
  }

  /**
   * Whether every coefficient is known to its last bit. The standard lets a file end before; but no encoder leaves scans
   * out of its own accord, so that one which does has lost them.
   */
  get isComplete(): boolean {
    return this.#known.every((known) => known === 0);
  }
}

/**
 * Which of a picture's scans have to be decoded when only coefficients up to `lastNeeded` of each component are wanted: those
 * that code any of them, and those that a refining scan among them refers to.
 */
export function neededScans(scans: readonly ScanHeader[], lastNeeded: readonly number[]): boolean[] {
  const last = [...lastNeeded];
  const needed = scans.map(() => false);
  for (let position = scans.length - 1; position >= 0; position--) {
    const { components, spectralStart, spectralEnd, approximationHigh } = scans[position] as ScanHeader;
    for (const { index } of components) {
      const lastOfAny = last[index] as number;
      if (spectralStart > lastOfAny) continue;
      needed[position] = true;
      if (approximationHigh > 0) last[index] = Math.max(lastOfAny, spectralEnd);
    }
  }
  return needed;
}
