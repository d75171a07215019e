import type { FrameLayout } from '../markers/frame-layout.ts';
import type { EntropyWindow } from './entropy-window.ts';
import type { Scan } from './for-each-scan.ts';

/**
 * The minimum coded units of a scan and the restart markers between them.
 */
export class ScanUnits {
  /** Of one component its blocks, of several the units of the frame. */
  readonly across: number;
  readonly down: number;
  readonly #window: EntropyWindow;
  readonly #restartInterval: number;
  #untilRestart: number;
  #restarts = 0;

  constructor(scan: Scan, frame: FrameLayout, window: EntropyWindow) {
    const { across, down } = countUnits(scan, frame);
    this.across = across;
    this.down = down;
    this.#window = window;
    // Without restarts one interval is the whole scan.
    this.#restartInterval = scan.restartInterval || across * down;
    this.#untilRestart = this.#restartInterval;
  }

  /** Makes ready for the next unit: whether it follows a restart marker, behind which nothing counts of what came before. */
  prepare(): boolean {
    const isRestart = this.#untilRestart === 0;
    if (isRestart) {
      this.#window.restart(this.#restarts & 7);
      this.#restarts += 1;
      this.#untilRestart = this.#restartInterval;
    }
    if (this.#window.bitPosition > this.#window.checkAt) this.#window.ensure();
    return isRestart;
  }

  /** How many units come before the next restart marker, or the end. */
  get untilRestart(): number {
    return this.#untilRestart;
  }

  pass(count: number): void {
    this.#untilRestart -= count;
  }
}

export function countUnits(scan: Scan, frame: FrameLayout): { readonly across: number; readonly down: number } {
  const [first, second] = scan.header.components;
  const alone = second === undefined && first !== undefined ? frame.components[first.index] : undefined;
  return alone
    ? { across: alone.blocksAcross, down: alone.blocksDown }
    : { across: frame.unitsAcross, down: frame.unitsDown };
}
