import { advance, endlessly, leaveIf, sum, when } from '../../../wasm/text/control.ts';
import { i32, i64 } from '../../../wasm/text/instructions.ts';
import type { Declare } from '../../../wasm/text/kernel.ts';
import type { I32, I64, Local, Statement } from '../../../wasm/text/value.ts';
import { bitReader } from './bit-reader.ts';
import { END_OF_BLOCK, progressiveCoderLayout as layout } from './entropy-layout.ts';

const historyInBytes = 8;

export const acParameters = { position: 'i32', windowEnd: 'i32', checkAt: 'i32', coder: 'i32', units: 'i32' } as const;
type Given = Readonly<Record<keyof typeof acParameters, Local<'i32'>>>;

export const bitAt = (index: I32, one: I64 = i64.const(1)): I64 => i64.shl(one, index);

/** What the kernels of first and of later scans have in common. */
export function acScan({ position, windowEnd, checkAt, coder, units }: Given, declare: Declare) {
  const reader = bitReader(position, windowEnd, declare);
  const done = declare('i32', 'done');
  const block = declare('i32', 'block');
  const history = declare('i32', 'history');
  const index = declare('i32', 'index');
  const spectralEnd = declare('i32', 'spectralEnd');
  const low = declare('i32', 'low');
  const run = declare('i32', 'run');
  const endOfBandRun = declare('i32', 'endOfBandRun');
  const ofCoder = (part: number): I32 => i32.load(coder, part);
  const passBlocks = (count: I32): Statement => [
    advance(block, i32.mul(ofCoder(layout.blockInBytes), count)),
    advance(history, i32.mul(historyInBytes, count)),
    advance(done, count),
  ];
  return {
    ...reader,
    ofCoder,
    ...{ done, block, history, index, spectralEnd, low, run, endOfBandRun },
    passBlocks,
    slotAt: (at: I32): I32 => i32.load8U(sum(coder, at), layout.slots),
    /** Reads a symbol and leaves the block's loop where it begins a run: 2^n blocks plus n bits, EOBn of table G.1. */
    readRun: [
      reader.readSymbol,
      run.set(reader.run),
      when(i32.geU(run, END_OF_BLOCK), [
        // A code of at most 16 bits leaves 40.
        advance(run, -END_OF_BLOCK),
        endOfBandRun.set(sum(i32.shl(1, run), i32.wrapI64(i64.shrU(i64.shrU(reader.bits, 1), i32.sub(63, run))))),
        reader.pass(run),
      ]),
      leaveIf('coefficients', endOfBandRun),
    ],
    everyBlock: (decode: Statement) => ({
      body: [
        block.set(ofCoder(layout.block)),
        history.set(ofCoder(layout.history)),
        spectralEnd.set(ofCoder(layout.spectralEnd)),
        low.set(ofCoder(layout.approximationLow)),
        endOfBandRun.set(ofCoder(layout.endOfBandRun)),
        reader.code.set(ofCoder(layout.code)),
        reader.open,
        endlessly('units', [
          decode,
          leaveIf('units', i32.eq(done, units)),
          leaveIf('units', i32.gtS(reader.bitPosition, checkAt)),
        ]),
        i32.store(coder, block, layout.block),
        i32.store(coder, history, layout.history),
        i32.store(coder, endOfBandRun, layout.endOfBandRun),
        reader.close,
      ],
      result: done,
    }),
  };
}
