import { describe, expect, it } from 'vitest';
import type { StoredNode } from '../../../model/graph/graph-file.ts';
import { planOperations } from '../../../model/plan/operation-table.ts';
import { Planner } from '../../../model/plan/planner.ts';
import { float } from './float-nodes.ts';
import { attribute, makeGraphFile, type Weight } from './graph-file.ts';

function convolution(name: string, op: string, input: string, stride = 1, padding = 'SAME'): StoredNode {
  const steps = attribute.integers([1, stride, stride, 1]);
  const attr = { ...float, strides: steps, padding: attribute.text(padding), data_format: attribute.text('NHWC') };
  return { name, op, input: [input, `${name} weights`], attr };
}

const weights = (...shape: number[]): Weight => {
  return { shape, numbers: new Float32Array(shape.reduce((product, size) => product * size, 1)) };
};

/** How many steps a plan has, and how many floats lie between them, its input first. */
function layOut(nodes: readonly StoredNode[], constants: Record<string, Weight>, shape: readonly number[]) {
  const planner = new Planner(makeGraphFile(nodes, constants), planOperations);
  planner.placeholder(shape);
  planner.tensor(nodes.at(-1)?.name ?? '');
  return { steps: planner.steps.length, floats: [...planner.storages].map(({ lengthInFloats }) => lengthInFloats) };
}

describe('an inverted residual', () => {
  const wide = convolution('wide', 'Conv2D', 'photo');
  const narrow = convolution('narrow', 'Conv2D', 'deep');
  const constants = {
    'wide weights': weights(1, 1, 16, 96),
    'deep weights': weights(3, 3, 96, 1),
    'narrow weights': weights(1, 1, 96, 24),
  };
  const deep = (stride: number) => convolution('deep', 'DepthwiseConv2dNative', 'wide', stride);

  it('goes down the picture in bands from 120,000 wide numbers on', () => {
    // 27 columns of 96 channels a row, of which 30 make 28 rows of the result.
    expect(layOut([wide, deep(1), narrow], constants, [1, 50, 25, 16])).toEqual({
      steps: 1,
      floats: [50 * 25 * 16, 30 * 27 * 96, 30 * 25 * 96, 28 * 25 * 96, 50 * 25 * 24],
    });
    expect(layOut([wide, deep(1), narrow], constants, [1, 49, 25, 16]).steps).toBeGreaterThan(1);
  });

  it('makes half as many rows by a stride of two', () => {
    // 26 columns: an odd one is filled up on one side. 29 rows make 14 of the result.
    expect(layOut([wide, deep(2), narrow], constants, [1, 50, 25, 16])).toEqual({
      steps: 1,
      floats: [50 * 25 * 16, 29 * 27 * 96, 29 * 25 * 96, 14 * 13 * 96, 25 * 13 * 24],
    });
  });

  it('is one band where all rows fit, and one row at least', () => {
    const low = layOut([wide, deep(1), narrow], constants, [1, 2, 625, 16]);
    const high = layOut([wide, deep(1), narrow], constants, [1, 1_250, 1, 16]);

    expect(low.floats.slice(1, 4)).toEqual([3 * 627 * 96, 3 * 625 * 96, 625 * 96]);
    expect(high.floats.slice(1, 4)).toEqual([277 * 3 * 96, 277 * 96, 275 * 96]);
  });

  it('needs neither the convolution before nor the one behind, but one of them', () => {
    const alone = { 'deep weights': weights(3, 3, 96, 1) };
    const first = convolution('deep', 'DepthwiseConv2dNative', 'photo');

    expect(layOut([wide, deep(1)], constants, [1, 50, 25, 16])).toEqual({
      steps: 1,
      floats: [50 * 25 * 16, 30 * 27 * 96, 30 * 25 * 96, 0, 50 * 25 * 96],
    });
    expect(layOut([first, narrow], constants, [1, 50, 25, 96])).toEqual({
      steps: 1,
      floats: [50 * 25 * 96, 30 * 27 * 96, 0, 28 * 25 * 96, 50 * 25 * 24],
    });
    expect(layOut([first], alone, [1, 50, 25, 96]).floats).not.toContain(30 * 27 * 96);
  });
});

describe('the patches of a convolution', () => {
  const nodes = [convolution('conv', 'Conv2D', 'photo', 1, 'VALID')];

  it.each([
    ['as many rows as fit', [2, 2, 16, 4], [1, 30, 65, 16], 16 * 64 * 64],
    ['all rows where these are fewer', [2, 2, 16, 4], [1, 10, 65, 16], 9 * 64 * 64],
    ['one row at least', [2, 2, 16, 4], [1, 3, 1_101, 16], 1_100 * 64],
  ])('are gathered for %s', (_, kernel, shape, patches) => {
    const { floats } = layOut(nodes, { 'conv weights': weights(...kernel) }, shape);

    expect(floats).toContain(patches);
  });

  it('are the places themselves for a kernel of one place', () => {
    const { floats } = layOut(nodes, { 'conv weights': weights(1, 1, 16, 6) }, [1, 1, 1, 16]);

    // Six channels are made as eight.
    expect(floats).toEqual([16, 8]);
  });
});
