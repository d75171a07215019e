import { describe, expect, it } from 'vitest';
import { damageOf } from '../../../../photo/jpeg/entropy/block-damage.ts';
import { EntropyWindow } from '../../../../photo/jpeg/entropy/entropy-window.ts';
import { largestMean } from '../../../../photo/jpeg/entropy/largest-mean.ts';
import { SequentialCoders, sequentialMemory } from '../../../../photo/jpeg/entropy/sequential-coders.ts';
import { blockDamage, codeLayout, unitBlockLayout } from '../../../../photo/jpeg/kernels/entropy-layout.ts';
import { JpegWorkspace, type SamplePlane } from '../../../../photo/jpeg/kernels/jpeg-workspace.ts';
import { HuffmanTable } from '../../../../photo/jpeg/kernels/plain-huffman-table.ts';
import { plainReconstruct } from '../../../../photo/jpeg/kernels/plain-reconstruct.ts';
import { type BlockCoder, decodeSequentialBlock } from '../../../../photo/jpeg/kernels/plain-sequential-block.ts';
import { skipGroups } from '../../../../photo/jpeg/kernels/plain-skip-groups.ts';
import type { FrameHeader } from '../../../../photo/jpeg/markers/frame-header.ts';
import { type ComponentLayout, type JpegScale, layOutFrame } from '../../../../photo/jpeg/markers/frame-layout.ts';
import { type BlockSize, slotsBySize } from '../../../../photo/jpeg/markers/zigzag.ts';
import { PhotoError } from '../../../../photo/photo-error.ts';
import { randomNumbers } from '../../../helpers/random-numbers.ts';
import { drawBytes, drawCode } from './drawn-code.ts';

/** A workspace for one component of `across` blocks in a row, and a coder of random codes in it. */
function open(seed: number, scale: JpegScale, across: number, bytes: Uint8Array) {
  const random = randomNumbers(seed);
  const components = [{ id: 1, horizontalSampling: 1, verticalSampling: 1, quantisation: 0 }];
  const header: FrameHeader = { process: 'baseline', precision: 8, width: 8 * across, height: 8, components };
  const frame = layOutFrame(header, scale);
  const workspace = new JpegWorkspace(frame, sequentialMemory(bytes, frame));
  const coders = new SequentialCoders(workspace, frame);
  const [layout, plane] = [frame.components[0] as ComponentLayout, workspace.planes[0] as SamplePlane];
  const [dc, ac] = [drawCode('dc', random), drawCode('ac', random)];
  const quantisation = Int32Array.from({ length: 64 }, () => 1 + Math.floor(random() * 20));
  const coder = coders.add({ dc, ac, quantisation, layout, plane });
  return { workspace, coders, layout, plane, dc, ac, quantisation, coder };
}

describe('layOutCode and layOutSkips', () => {
  it('lay out the very tables of their twins', () => {
    for (let seed = 0; seed < 8; seed++) {
      const { workspace, dc, ac, coder } = open(seed, 4, 1, new Uint8Array(16));
      const [dcAt = 0, acAt = 0, skipsAt = 0] = workspace.words.subarray(coder / 4);
      const bytesAt = (address: number, length: number) => workspace.bytes.subarray(address, address + length);
      const [dcTable, acTable] = [new HuffmanTable(dc), new HuffmanTable(ac)];

      for (const [address, expected] of [
        [dcAt + codeLayout.lookup, dcTable.lookup],
        [acAt + codeLayout.lookup, acTable.lookup],
        [skipsAt, skipGroups(acTable)],
      ] as const) {
        expect(Buffer.compare(bytesAt(address, expected.byteLength), Buffer.from(expected.buffer))).toBe(0);
      }
    }
  });
});

describe.each<JpegScale>([1, 2, 4, 8])('decodeUnits at 1/%i', (scale) => {
  it('makes of random bits the very samples of its twin, or finds the same damage at the same block', () => {
    const outcomes = new Set<number>();
    for (let seed = 0; seed < 40; seed++) {
      const across = 12;
      const bytes = drawBytes(randomNumbers(seed + 1), 4000);
      const { workspace, coders, layout, plane, dc, ac, quantisation, coder } = open(seed, scale, across, bytes);
      const { blockSize } = layout;
      const { words } = workspace;
      const twin: BlockCoder = {
        dc: new HuffmanTable(dc),
        ac: new HuffmanTable(ac),
        skipGroups: skipGroups(new HuffmanTable(ac)),
        quantisation,
        ...slotsBySize[blockSize],
        largestDc: largestMean(quantisation[0] as number),
        prediction: 0,
      };
      const twinWindow = new EntropyWindow(bytes, 0, 1);
      const window = new EntropyWindow(bytes, 0, 1, workspace.bytes.buffer, coders.window);
      for (let block = 0; block < across; block++) {
        const expected = decodeByTwin(twinWindow, twin, blockSize);
        const at = coders.unit / 4;
        words[at + unitBlockLayout.coder / 4] = coder;
        words[at + unitBlockLayout.out / 4] = plane.address + block * blockSize;
        words[at + unitBlockLayout.step / 4] = blockSize;
        words[coders.position / 4] = window.bitPosition;

        const { position, unit } = coders;
        const done = workspace.kernels.decodeUnits(position, window.end, window.checkAt, unit, 1, 1);

        outcomes.add(done);
        if (expected instanceof Error || done < 0) {
          expect(damageOf(done)).toEqual(expected);
          break;
        }
        expect(done).toBe(1);
        window.bitPosition = words[coders.position / 4] as number;
        expect(window.bitPosition).toBe(twinWindow.bitPosition);
        const rows = Array.from({ length: blockSize }, (_, row) => {
          const from = plane.address + row * plane.stride + block * blockSize;
          return [...workspace.bytes.subarray(from, from + blockSize)];
        });
        expect(rows.flat()).toEqual([...expected]);
      }
    }

    const { unknownCode, tooManyCoefficients, impossibleMean } = blockDamage;
    expect([...outcomes].toSorted()).toEqual([unknownCode, tooManyCoefficients, impossibleMean, 1].toSorted());
  });
});

function decodeByTwin(window: EntropyWindow, coder: BlockCoder, blockSize: BlockSize): Uint8Array | PhotoError {
  const block = new Int32Array(65);
  try {
    const hasDetail = decodeSequentialBlock(window, coder, block);
    return plainReconstruct(block, blockSize, hasDetail);
  } catch (error) {
    if (error instanceof PhotoError) return error;
    throw error;
  }
}
