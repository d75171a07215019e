import { advance, giveBack, select, sum, until, when } from '../../../wasm/text/control.ts';
import { i32, i64 } from '../../../wasm/text/instructions.ts';
import { kernel } from '../../../wasm/text/kernel.ts';
import { constant, type Statement } from '../../../wasm/text/value.ts';
import { LEFT_OUT } from '../markers/zigzag.ts';
import { acParameters, acScan, bitAt } from './ac-scan.ts';
import { blockDamage, progressiveCoderLayout as layout } from './entropy-layout.ts';

/** Where coefficients go that are not kept: behind the block that samples are made of. */
const leftOutAt = LEFT_OUT * Int32Array.BYTES_PER_ELEMENT;

/**
 * `decodeAcUnits`: up to `units` blocks side by side of a progressive scan that codes a band of AC for the first time (ITU-T
 * T.81, G.1.2.2); the others and what it returns are as in `decodeUnits`.
 */
export const decodeAcKernel = kernel('decodeAcUnits', acParameters, (given, declare) => {
  const scan = acScan(given, declare);
  const { ofCoder, done, block, history, index, spectralEnd, low, run, endOfBandRun, value } = scan;
  const known = declare('i64', 'known');
  const slot = declare('i32', 'slot');
  const passed = declare('i32', 'passed');
  const left = i32.sub(given.units, done);
  const decodeBlock: Statement = [
    index.set(ofCoder(layout.spectralStart)),
    known.set(i64.load(history)),
    until('coefficients', i32.gtU(index, spectralEnd), [
      scan.readRun,
      advance(index, run),
      when(i32.gtU(index, spectralEnd), giveBack(blockDamage.beyondBand)),
      slot.set(scan.slotAt(index)),
      i32.store16(
        select(sum(block, i32.shl(slot, 1)), constant(leftOutAt), i32.ltU(slot, LEFT_OUT)),
        i32.shl(value, low),
      ),
      known.set(i64.or(known, bitAt(index, i64.extendI32U(i32.ne(value, 0))))),
      advance(index, 1),
    ]),
    i64.store(history, known),
    endOfBandRun.set(i32.sub(endOfBandRun, i32.ne(endOfBandRun, 0))),
    scan.passBlocks(constant(1)),
  ];
  const passRun: Statement = [
    passed.set(select(endOfBandRun, left, i32.ltU(endOfBandRun, left))),
    endOfBandRun.set(i32.sub(endOfBandRun, passed)),
    scan.passBlocks(passed),
  ];
  return scan.everyBlock(when(endOfBandRun, passRun, decodeBlock));
});
