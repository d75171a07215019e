import type { BitWriter } from './bit-writer.ts';
import { sizeOf, writeSymbol, writeValue } from './huffman-code.ts';

/** Part of a picture's coefficients, as a scan header names it. */
export interface Band {
  readonly start: number;
  readonly end: number;
  readonly high: number;
  readonly low: number;
}

/** Codes the blocks of one component in one scan; begun anew at each restart. */
export interface BlockWriter {
  write(block: Int16Array): void;
  /** Codes what is still held back, at the end of a scan and before a restart marker. */
  end(): void;
}

/** ITU-T T.81, F.1.2. */
export function sequentialWriter(bits: BitWriter): BlockWriter {
  let prediction = 0;
  return {
    write(block) {
      writeDc(bits, (block[0] ?? 0) - prediction);
      prediction = block[0] ?? 0;
      const last = block.findLastIndex((value) => value !== 0);
      let run = 0;
      for (let index = 1; index <= last; index++) {
        const value = block[index] ?? 0;
        if (value === 0) {
          run += 1;
          continue;
        }
        for (; run > 15; run -= 16) writeSymbol(bits, 0xf0);
        writeSymbol(bits, (run << 4) | sizeOf(value));
        writeValue(bits, value);
        run = 0;
      }
      if (last < 63) writeSymbol(bits, 0);
    },
    end() {},
  };
}

export function progressiveWriter(bits: BitWriter, band: Band): BlockWriter {
  if (band.start === 0) return band.high === 0 ? firstDcWriter(bits, band) : refiningDcWriter(bits, band);
  return acWriter(bits, band);
}

function firstDcWriter(bits: BitWriter, { low }: Band): BlockWriter {
  let prediction = 0;
  return {
    write(block) {
      const value = (block[0] ?? 0) >> low;
      writeDc(bits, value - prediction);
      prediction = value;
    },
    end() {},
  };
}

function refiningDcWriter(bits: BitWriter, { low }: Band): BlockWriter {
  return {
    write: (block) => bits.write(((block[0] ?? 0) >> low) & 1, 1),
    end() {},
  };
}

/** ITU-T T.81, G.1.2.2 and G.1.2.3: the first scan of a band is a refining one in which nothing was known before. */
function acWriter(bits: BitWriter, { start, end, high, low }: Band): BlockWriter {
  let endOfBandRun = 0;
  let heldBack: number[] = [];
  const flush = (): void => {
    if (endOfBandRun > 0) {
      const size = 31 - Math.clz32(endOfBandRun);
      writeSymbol(bits, size << 4);
      bits.write(endOfBandRun - (1 << size), size);
    }
    for (const bit of heldBack) bits.write(bit, 1);
    endOfBandRun = 0;
    heldBack = [];
  };
  return {
    write(block) {
      const magnitude = (index: number): number => Math.abs(block[index] ?? 0) >> low;
      const isKnown = (index: number): boolean => high > 0 && magnitude(index) > 1;
      let lastNew = end;
      while (lastNew >= start && (magnitude(lastNew) === 0 || isKnown(lastNew))) lastNew -= 1;
      let run = 0;
      let corrections: number[] = [];
      for (let index = start; index <= end; index++) {
        if (magnitude(index) === 0) {
          run += 1;
          continue;
        }
        while (run > 15 && index <= lastNew) {
          flush();
          writeSymbol(bits, 0xf0);
          for (const bit of corrections) bits.write(bit, 1);
          corrections = [];
          run -= 16;
        }
        if (isKnown(index)) {
          corrections.push(magnitude(index) & 1);
          continue;
        }
        flush();
        const value = (block[index] ?? 0) < 0 ? -magnitude(index) : magnitude(index);
        writeSymbol(bits, (run << 4) | sizeOf(value));
        writeValue(bits, value);
        for (const bit of corrections) bits.write(bit, 1);
        corrections = [];
        run = 0;
      }
      if (run > 0 || corrections.length > 0) {
        endOfBandRun += 1;
        heldBack.push(...corrections);
        if (endOfBandRun === 0x7fff) flush();
      }
    },
    end: flush,
  };
}

function writeDc(bits: BitWriter, difference: number): void {
  writeSymbol(bits, sizeOf(difference));
  writeValue(bits, difference);
}
