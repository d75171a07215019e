import { advance, countDown, doWhile, endlessly, giveBack, leaveIf, sum, when } from '../../../wasm/text/control.ts';
import { i32, i64 } from '../../../wasm/text/instructions.ts';
import { kernel } from '../../../wasm/text/kernel.ts';
import type { I32, Statement } from '../../../wasm/text/value.ts';
import { bitReader } from './bit-reader.ts';
import { blockDamage, progressiveCoderLayout, unitBlockLayout } from './entropy-layout.ts';

/**
 * `decodeDcUnits`: the DC of up to `units` minimum coded units in a progressive scan that codes or refines it (ITU-T T.81,
 * G.1.2.1). `position`, `windowEnd`, `checkAt`, `unit`, `blocks` and what it returns are as in `decodeUnits`, and `out` of a
 * description the address of the block's DC, a half word.
 */
export const decodeDcKernel = kernel(
  'decodeDcUnits',
  { position: 'i32', windowEnd: 'i32', checkAt: 'i32', unit: 'i32', blocks: 'i32', units: 'i32' },
  ({ position, windowEnd, checkAt, unit, blocks, units }, declare) => {
    const { bits, code, bitPosition, open, close, refill, pass, readSymbol, value } = bitReader(
      position,
      windowEnd,
      declare,
    );
    const done = declare('i32', 'done');
    const described = declare('i32', 'described');
    const blocksLeft = declare('i32', 'blocksLeft');
    const coder = declare('i32', 'coder');
    const out = declare('i32', 'out');
    const prediction = declare('i32', 'prediction');

    const ofCoder = (part: number): I32 => i32.load(coder, part);
    const low = ofCoder(progressiveCoderLayout.approximationLow);
    const largestDc = ofCoder(progressiveCoderLayout.largestDc);
    const decodeFirst: Statement = [
      readSymbol,
      prediction.set(sum(ofCoder(progressiveCoderLayout.prediction), value)),
      i32.store(coder, prediction, progressiveCoderLayout.prediction),
      // Farther from 0 than it may be, either way.
      when(i32.gtU(sum(prediction, largestDc), i32.shl(largestDc, 1)), giveBack(blockDamage.impossibleMean)),
      i32.store16(out, i32.shl(prediction, low)),
    ];
    const refine: Statement = [
      refill,
      i32.store16(out, i32.or(i32.load16U(out), i32.shl(i32.wrapI64(i64.shrU(bits, 63)), low))),
      pass(1),
    ];
    return {
      body: [
        open,
        endlessly('units', [
          described.set(unit),
          blocksLeft.set(blocks),
          doWhile(
            'blocks',
            [
              coder.set(i32.load(described, unitBlockLayout.coder)),
              code.set(ofCoder(progressiveCoderLayout.code)),
              out.set(i32.load(described, unitBlockLayout.out)),
              when(code, decodeFirst, refine),
              i32.store(described, sum(out, i32.load(described, unitBlockLayout.step)), unitBlockLayout.out),
              advance(described, unitBlockLayout.size),
            ],
            countDown(blocksLeft),
          ),
          advance(done, 1),
          leaveIf('units', i32.eq(done, units)),
          leaveIf('units', i32.gtS(bitPosition, checkAt)),
        ]),
        close,
      ],
      result: done,
    };
  },
);
