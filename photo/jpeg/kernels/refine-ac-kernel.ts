import { advance, again, giveBack, select, sum, until, when } from '../../../wasm/text/control.ts';
import { i32, i64 } from '../../../wasm/text/instructions.ts';
import { kernel } from '../../../wasm/text/kernel.ts';
import { constant, type I32, type I64, type Statement } from '../../../wasm/text/value.ts';
import { acParameters, acScan, bitAt } from './ac-scan.ts';
import {
  blockDamage,
  GROUP_BITS,
  GROUP_BLOCK_END,
  GROUP_COEFFICIENTS,
  GROUP_FOUND_SHIFT,
  LENGTH_MASK,
  progressiveCoderLayout as layout,
} from './entropy-layout.ts';
import { placeSixteen, sixteenInBytes } from './place-sixteen.ts';

/** All bits from this one on. */
const bitsFrom = (index: I32): I64 => bitAt(index, i64.const(-1));
const bitsBelow = (one: I64): I64 => i64.sub(one, i64.const(1));
const groupMask = i64.shrU(i64.const(-1), 64 - GROUP_COEFFICIENTS);

/**
 * `refineAcUnits`: up to `units` blocks side by side of a progressive scan that codes one bit more of a band of AC (ITU-T T.81,
 * G.1.2.3); the others and what it returns are as in `decodeUnits`.
 */
export const refineAcKernel = kernel('refineAcUnits', acParameters, (given, declare) => {
  const scan = acScan(given, declare);
  const { ofCoder, block, history, index, spectralEnd, low, run, endOfBandRun, value, bits } = scan;
  /** A bit for each coefficient that was not zero before, that is not zero now, and that is new and negative. */
  const known = declare('i64', 'known');
  const found = declare('i64', 'found');
  const negative = declare('i64', 'negative');
  const band = declare('i64', 'band');
  const kept = declare('i64', 'kept');
  const groups = declare('i32', 'groups');
  const group = declare('i64', 'group');
  const ahead = declare('i64', 'ahead');
  const next = declare('i32', 'next');
  const corrected = declare('i64', 'corrected');
  const corrections = declare('i64', 'corrections');
  const count = declare('i32', 'count');
  const lowest = declare('i64', 'lowest');
  const at = declare('i32', 'at');
  /** Before the next that was not zero, and before the next behind it and those beside it, of which there are so many. */
  const nearGap = declare('i32', 'nearGap');
  const farGap = declare('i32', 'farGap');
  const together = declare('i32', 'together');
  const rest = declare('i64', 'rest');
  const coefficient = declare('i32', 'coefficient');

  /** Goes through the bits set of `ahead`, each in turn the only one of `lowest`, with the address of its coefficient. */
  const eachAhead = (label: string, body: Statement): Statement =>
    until(label, i64.eqz(ahead), [
      lowest.set(i64.and(ahead, i64.sub(i64.const(0), ahead))),
      ahead.set(i64.xor(ahead, lowest)),
      at.set(sum(block, i32.shl(scan.slotAt(i64.ctz(lowest)), 1))),
      body,
    ]);
  /** The bit of the coefficient `lowest`, which comes behind those of all below it: 0 or -1. */
  const itsCorrection = i32.wrapI64(
    i64.shrS(i64.shl(corrections, i64.popcnt(i64.and(corrected, bitsBelow(lowest)))), 63),
  );
  /** Takes the correcting bits of the next `count` coefficients that were not zero before. */
  const takeCorrections: Statement = [
    when(i32.gtU(count, 31), [
      scan.refill,
      corrections.set(i64.or(i64.shl(corrections, 32), i64.shrU(bits, 32))),
      scan.pass(32),
      advance(count, -32),
    ]),
    scan.refill,
    corrections.set(i64.or(i64.shl(corrections, count), i64.shrU(i64.shrU(bits, 1), i32.sub(63, count)))),
    scan.pass(count),
  ];
  /** Moves those coefficients away from zero by one bit of this scan whose correcting bit is set. */
  const correct: Statement = [
    corrections.set(i64.shl(corrections, i32.sub(64, i64.popcnt(corrected)))),
    ahead.set(i64.and(corrected, kept)),
    eachAhead('corrections', [
      coefficient.set(i32.load16S(at)),
      i32.store16(at, sum(coefficient, i32.and(i32.shl(i32.or(i32.shrS(coefficient, 31), 1), low), itsCorrection))),
    ]),
  ];
  /** Behind as many as the run has that were zero before, and those among the first `next` that were not. */
  const behindRun = sum(run, i64.popcnt(i64.and(ahead, bitsBelow(bitAt(next, i64.const(2))))));
  const readOne: Statement = [
    // Known before the symbol is, so that most runs wait for a comparison alone.
    nearGap.set(i64.ctz(ahead)),
    rest.set(i64.shrU(ahead, nearGap)),
    together.set(i64.ctz(i64.xor(rest, i64.const(-1)))),
    farGap.set(sum(nearGap, i64.ctz(i64.shrU(rest, together)))),
    scan.readRun,
    when(i32.gtU(sum(value, 1), 2), giveBack(blockDamage.wideRefinement)),
    when(i32.ltU(run, farGap), count.set(select(constant(0), together, i32.ltU(run, nearGap))), [
      next.set(run),
      until('runs', i32.or(i32.eq(at.tee(behindRun), next), i32.gtU(sum(index, next), spectralEnd)), next.set(at)),
      count.set(i32.sub(next, run)),
    ]),
    advance(index, sum(run, count)),
    when(i32.gtU(index, spectralEnd), giveBack(blockDamage.beyondBand)),
    takeCorrections,
    found.set(i64.or(found, bitAt(index, i64.extendI32U(i32.ne(value, 0))))),
    negative.set(i64.or(negative, bitAt(index, i64.extendI32U(i32.ltS(value, 0))))),
    advance(index, 1),
  ];
  const groupLength = i32.and(i32.wrapI64(group), LENGTH_MASK);
  /** Not one that reaches into the next block. */
  const isWithin = i32.ltU(sum(i32.and(next, GROUP_BLOCK_END - 1), i32.and(i32.shrU(next, 7), 1)), sum(spectralEnd, 2));
  const takeGroup: Statement = [
    found.set(i64.or(found, i64.shl(i64.and(i64.shrU(group, GROUP_FOUND_SHIFT), groupMask), index))),
    negative.set(i64.or(negative, i64.shl(i64.and(i64.shrU(group, 32), groupMask), index))),
    scan.refill,
    scan.passBy(i32.wrapI64(group)),
    index.set(next),
  ];
  const decodeBlock: Statement = until('coefficients', i32.gtU(index, spectralEnd), [
    ahead.set(i64.shrU(known, index)),
    when(i64.eqz(ahead), [
      group.set(i64.load(sum(groups, i32.shl(scan.firstBits(GROUP_BITS), 3)))),
      next.set(sum(index, i32.wrapI64(i64.shrU(group, 32 + GROUP_COEFFICIENTS)))),
      when(i32.and(isWithin, i32.gtU(groupLength, 0)), [takeGroup, again('coefficients')]),
    ]),
    readOne,
  ]);
  const placeOneByOne: Statement = [
    ahead.set(i64.and(i64.xor(found, known), kept)),
    eachAhead('places', [
      // 1 or -1 at the bit of this scan.
      coefficient.set(i32.sub(i32.shl(i64.eqz(i64.and(negative, lowest)), 1), 1)),
      i32.store16(at, i32.shl(coefficient, low)),
    ]),
  ];
  const placeNew = when(
    i32.eq(ofCoder(layout.blockInBytes), sixteenInBytes),
    placeSixteen(block, i64.xor(found, known), negative, low, declare),
    placeOneByOne,
  );
  const refineBlock: Statement = [
    index.set(ofCoder(layout.spectralStart)),
    known.set(i64.load(history)),
    corrected.set(i64.and(known, band)),
    corrections.set(i64.const(0)),
    when(i32.eqz(endOfBandRun), [
      found.set(known),
      negative.set(i64.const(0)),
      decodeBlock,
      i64.store(history, found),
      placeNew,
    ]),
    when(endOfBandRun, [
      advance(endOfBandRun, -1),
      count.set(i64.popcnt(i64.and(corrected, bitsFrom(index)))),
      takeCorrections,
    ]),
    correct,
    scan.passBlocks(constant(1)),
  ];
  const { body, result } = scan.everyBlock(refineBlock);
  return {
    body: [
      band.set(
        i64.and(
          bitsFrom(ofCoder(layout.spectralStart)),
          i64.shrU(i64.const(-1), i32.sub(63, ofCoder(layout.spectralEnd))),
        ),
      ),
      kept.set(i64.load(given.coder, layout.kept)),
      groups.set(ofCoder(layout.groups)),
      body,
    ],
    result,
  };
});
