import { describe, expect, it } from 'vitest';
import { JpegWorkspace } from '../../../../photo/jpeg/kernels/jpeg-workspace.ts';
import type { FrameHeader } from '../../../../photo/jpeg/markers/frame-header.ts';
import { layOutFrame } from '../../../../photo/jpeg/markers/frame-layout.ts';
import type { BlockSize } from '../../../../photo/jpeg/markers/zigzag.ts';

/** ITU-T T.81, A.3.3, for `size` samples and frequencies a side; its scale is that of eight, so that DC / 8 is the mean. */
function exactSample(block: Int32Array, size: number, x: number, y: number): number {
  const basis = (frequency: number, at: number): number =>
    frequency === 0 ? Math.SQRT1_2 : Math.cos(((2 * at + 1) * frequency * Math.PI) / (2 * size));
  let sum = 0;
  for (let v = 0; v < size; v++) {
    for (let u = 0; u < size; u++) sum += (block[v * size + u] ?? 0) * basis(u, x) * basis(v, y);
  }
  return Math.min(255, Math.max(0, sum / 4 + 128));
}

const side = 16;

/** A workspace whose one plane is a square of two blocks a side, and that plane's samples. */
function openWorkspace(): { workspace: JpegWorkspace; address: number; samples: Uint8Array } {
  const components = [{ id: 1, horizontalSampling: 1, verticalSampling: 1, quantisation: 0 }];
  const frame: FrameHeader = { process: 'baseline', precision: 8, width: side, height: side, components };
  const workspace = new JpegWorkspace(layOutFrame(frame, 1));
  const address = workspace.planes[0]?.address as number;
  return { workspace, address, samples: workspace.bytes.subarray(address, address + side * side) };
}

/** Numbers from 0 to 1 that are the same in every run. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe.each<BlockSize>([8, 4, 2, 1])('a block of %i', (size) => {
  it.each([20, 200, 1500])('comes within a step of the exact transform for coefficients up to %i', (largest) => {
    const random = sequence(largest);
    const { workspace, address, samples } = openWorkspace();
    const block = workspace.words.subarray(0, 65);
    for (let trial = 0; trial < 200; trial++) {
      for (let at = 0; at < size * size; at++) {
        if (random() < 0.4) block[at] = Math.round((random() - 0.5) * 2 * largest);
      }
      const before = block.slice();
      workspace.kernels[`reconstruct${size}`](size > 1 ? 1 : 0, address + 2 * side + 3, side);
      expect([...block.subarray(1)].every((value) => value === 0)).toBe(true);
      for (let y = 0; y < size; y++) {
        for (let x = 0; x < size; x++) {
          const difference = (samples[(2 + y) * side + 3 + x] ?? 0) - exactSample(before, size, x, y);
          expect(Math.abs(difference)).toBeLessThanOrEqual(1);
        }
      }
    }
  });

  it('writes nothing beside its samples', () => {
    const { workspace, address, samples } = openWorkspace();
    samples.fill(7);
    workspace.words[0] = 400;
    workspace.kernels[`reconstruct${size}`](0, address + 2 * side + 3, side);

    expect(samples.filter((value) => value === 178)).toHaveLength(size * size);
    expect(samples.filter((value) => value === 7)).toHaveLength(side * side - size * size);
  });
});
