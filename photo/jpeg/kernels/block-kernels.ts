import {
  advance,
  countDown,
  doWhile,
  endlessly,
  giveBack,
  leaveIf,
  sum,
  until,
  when,
} from '../../../wasm/text/control.ts';
import { i32 } from '../../../wasm/text/instructions.ts';
import { call, type Kernel, kernel } from '../../../wasm/text/kernel.ts';
import type { I32, Statement } from '../../../wasm/text/value.ts';
import type { BlockSize } from '../markers/zigzag.ts';
import { bitReader } from './bit-reader.ts';
import {
  blockDamage,
  coderLayout,
  END_OF_BLOCK,
  SKIP_ADVANCE_SHIFT,
  SKIP_BITS,
  SKIP_BLOCK_END,
  SKIP_LENGTH_MASK,
  unitBlockLayout,
} from './entropy-layout.ts';

const blockEnd = 64;
/** Where the block lies that is decoded into, in words. */
const block = 0;

/**
 * `decodeUnits`: decodes and dequantises the blocks of up to `units` minimum coded units of a sequential scan (ITU-T T.81,
 * F.2.2) and makes samples of them; at least one, and no other once `bitPosition` is past `checkAt`. `windowEnd` is the address
 * behind the entropy-coded data, `position` that of the word with the bit position in it, which is moved on; `blocks` descriptions
 * of the blocks of a unit lie at `unit`, each of which moves on too. Coefficients that a smaller block has no place for are
 * read over.
 * @returns how many units there were, or what is wrong with a block
 */
export function decodeUnitsKernel(reconstruct: Readonly<Record<BlockSize, Kernel>>): Kernel {
  return kernel(
    'decodeUnits',
    { position: 'i32', windowEnd: 'i32', checkAt: 'i32', unit: 'i32', blocks: 'i32', units: 'i32' },
    ({ position, windowEnd, checkAt, unit, blocks, units }, declare) => {
      const reader = bitReader(position, windowEnd, declare);
      const { code, symbol, bitPosition, refill, firstBits, pass, readLongSymbol, readSymbol } = reader;
      const done = declare('i32', 'done');
      const described = declare('i32', 'described');
      const blocksLeft = declare('i32', 'blocksLeft');
      const coder = declare('i32', 'coder');
      const run = declare('i32', 'run');
      const index = declare('i32', 'index');
      const lastNeeded = declare('i32', 'lastNeeded');
      const prediction = declare('i32', 'prediction');
      const hasDetail = declare('i32', 'hasDetail');
      const next = declare('i32', 'next');
      const out = declare('i32', 'out');
      const stride = declare('i32', 'stride');
      const size = declare('i32', 'size');

      const ofCoder = (part: number): I32 => i32.load(coder, part);
      /** The step of the coefficient at `index`. */
      const step = i32.load(sum(coder, i32.shl(index, 2)), coderLayout.steps);
      const readRun = run.set(reader.run);

      const readMean: Statement = [
        code.set(ofCoder(coderLayout.dc)),
        readSymbol,
        prediction.set(sum(ofCoder(coderLayout.prediction), reader.value)),
        i32.store(coder, prediction, coderLayout.prediction),
        // Farther from 0 than it may be, either way.
        when(
          i32.gtU(sum(prediction, ofCoder(coderLayout.largestDc)), i32.shl(ofCoder(coderLayout.largestDc), 1)),
          giveBack(blockDamage.impossibleMean),
        ),
        i32.store(block, i32.mul(prediction, ofCoder(coderLayout.steps))),
      ];
      const readDetails: Statement = [
        code.set(ofCoder(coderLayout.ac)),
        lastNeeded.set(ofCoder(coderLayout.lastNeeded)),
        hasDetail.set(i32.gtU(lastNeeded, 0)),
        index.set(1),
        until('coefficients', i32.gtU(index, lastNeeded), [
          readSymbol,
          readRun,
          next.set(sum(index, run)),
          when(
            i32.geU(next, blockEnd),
            [
              when(i32.eqz(i32.eq(run, END_OF_BLOCK)), giveBack(blockDamage.tooManyCoefficients)),
              hasDetail.set(i32.gtU(index, 1)),
              index.set(blockEnd),
            ],
            [
              index.set(next),
              i32.store(
                i32.shl(i32.load8U(sum(coder, index), coderLayout.slots), 2),
                i32.mul(reader.value, step),
                block,
              ),
              advance(index, 1),
            ],
          ),
        ]),
      ];
      const skipOthers: Statement = until('skips', i32.geU(index, blockEnd), [
        symbol.set(i32.load16U(sum(ofCoder(coderLayout.skips), i32.shl(firstBits(SKIP_BITS), 1)))),
        refill,
        next.set(sum(index, i32.shrU(symbol, SKIP_ADVANCE_SHIFT))),
        when(
          i32.and(i32.ltU(next, blockEnd + 1), i32.gtU(symbol, 0)),
          [pass(i32.and(symbol, SKIP_LENGTH_MASK)), index.set(next)],
          when(
            i32.ltU(i32.sub(next, SKIP_BLOCK_END), blockEnd),
            [pass(i32.and(symbol, SKIP_LENGTH_MASK)), index.set(blockEnd)],
            [
              // The group reaches into the next block, or its first symbol is longer: one symbol at a time.
              readLongSymbol,
              reader.passBy(symbol),
              readRun,
              index.set(sum(index, run, 1)),
              when(i32.and(i32.gtU(index, blockEnd), i32.eqz(i32.eq(run, END_OF_BLOCK))), [
                giveBack(blockDamage.tooManyCoefficients),
              ]),
            ],
          ),
        ),
      ]);
      const samplesOf = (which: BlockSize): Statement => call(reconstruct[which], { hasDetail, out, stride });
      const makeSamples: Statement = [
        out.set(i32.load(described, unitBlockLayout.out)),
        i32.store(described, sum(out, i32.load(described, unitBlockLayout.step)), unitBlockLayout.out),
        stride.set(ofCoder(coderLayout.stride)),
        size.set(ofCoder(coderLayout.blockSize)),
        when(
          i32.eq(size, 8),
          samplesOf(8),
          when(i32.eq(size, 4), samplesOf(4), when(i32.eq(size, 2), samplesOf(2), samplesOf(1))),
        ),
      ];
      return {
        body: [
          reader.open,
          endlessly('units', [
            described.set(unit),
            blocksLeft.set(blocks),
            doWhile(
              'blocks',
              [
                coder.set(i32.load(described, unitBlockLayout.coder)),
                readMean,
                readDetails,
                skipOthers,
                makeSamples,
                advance(described, unitBlockLayout.size),
              ],
              countDown(blocksLeft),
            ),
            advance(done, 1),
            leaveIf('units', i32.eq(done, units)),
            leaveIf('units', i32.gtS(bitPosition, checkAt)),
          ]),
          reader.close,
        ],
        result: done,
      };
    },
  );
}
