import { describe, expect, it } from 'vitest';
import { JpegWorkspace, rowAddress } from '../../../../photo/jpeg/kernels/jpeg-workspace.ts';
import { type JpegScale, layOutFrame } from '../../../../photo/jpeg/markers/frame-layout.ts';
import { sampling } from '../encoder/sampling.ts';

function workspaceOf(width: number, height: number, factors: string, scale: JpegScale) {
  const components = sampling(factors).map(([horizontalSampling = 1, verticalSampling = 1], id) => {
    return { id, horizontalSampling, verticalSampling, quantisation: 0 };
  });
  const frame = layOutFrame({ process: 'baseline', precision: 8, width, height, components }, scale);
  const { planes, steps, wideRows, pixelRow, besides } = new JpegWorkspace(frame, 100);
  return { planes, rest: [steps, ...wideRows, pixelRow, besides] };
}

describe('the memory of a decode', () => {
  it('holds two rows of units of each component, then steps, wide rows, pixels and what is asked for', () => {
    // Each begins at a multiple of 16 at least 48 bytes behind the one before; a block has 65 words.
    expect(workspaceOf(100, 60, '2x2,1x1,1x1', 1)).toEqual({
      planes: [
        { address: 320, stride: 112, rows: 32 },
        { address: 3_952, stride: 56, rows: 16 },
        { address: 4_896, stride: 56, rows: 16 },
      ],
      rest: [5_840, 6_160, 6_320, 6_480, 6_640, 6_992],
    });
  });

  it('holds smaller blocks where the picture is decoded smaller', () => {
    expect(workspaceOf(100, 60, '2x2,1x1,1x1', 4)).toEqual({
      planes: [
        { address: 320, stride: 28, rows: 8 },
        { address: 592, stride: 28, rows: 8 },
        { address: 864, stride: 28, rows: 8 },
      ],
      rest: [1_136, 1_456, 1_536, 1_616, 1_696, 1_824],
    });
  });

  it('holds one row of units where there is one', () => {
    expect(workspaceOf(9, 8, '1x1', 1)).toEqual({
      planes: [{ address: 320, stride: 16, rows: 8 }],
      rest: [496, 816, 880, 960],
    });
  });

  it('is a ring of rows', () => {
    const plane = { address: 320, stride: 16, rows: 8 };

    expect([0, 1, 7, 8, 17].map((row) => rowAddress(plane, row))).toEqual([320, 336, 432, 320, 336]);
  });
});

describe('what was asked for besides', () => {
  const layout = { process: 'progressive', precision: 8, width: 8, height: 8 } as const;
  const components = [{ id: 1, horizontalSampling: 1, verticalSampling: 1, quantisation: 0 }];
  const frame = layOutFrame({ ...layout, components }, 1);

  it.each([
    ['that the next decode has too', 1_000, true],
    ['of its own, where it is large', 40 * 2 ** 20, false],
  ])('is cleared in a memory %s', (_, sizeInBytes, isShared) => {
    const first = new JpegWorkspace(frame, sizeInBytes);
    first.bytes.fill(9, first.besides, first.besides + 100);
    first.release();
    const second = new JpegWorkspace(frame, sizeInBytes);

    second.clear(second.besides, 100);

    second.release();
    expect(second.bytes.buffer === first.bytes.buffer).toBe(isShared);
    expect([...second.bytes.subarray(second.besides, second.besides + 100)]).toEqual(Array(100).fill(0));
  });
});
