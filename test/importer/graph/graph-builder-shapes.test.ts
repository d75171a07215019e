import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../importer/graph/graph-builder.ts';
import { readNumbers, showGraph } from '../show-graph.ts';

const builder = new GraphBuilder();
const tensor = (...shape: number[]) => builder.input('x', shape);
const floats = (...values: number[]) => builder.constant('c', Float32Array.from(values), [values.length]);
/** Pairs of a table: '0,1 2,3' is [[0, 1], [2, 3]]. */
const pairs = (text: string) => text.split(' ').map((pair) => readNumbers(pair) as [number, number]);

describe('a border', () => {
  it('adds to each axis what lies before and after', () => {
    const node = builder.pad(tensor(1, 4, 5, 3), pairs('0,0 1,2 0,3 0,0'));

    expect(showGraph(node)).toBe('Pad[1,7,8,3](x, {0 0 1 2 0 3 0 0})');
    expect(node.inputs[1]?.shape).toEqual([4, 2]);
  });

  it('has a value of its own', () => {
    expect(showGraph(builder.pad(tensor(1, 4), pairs('0,0 1,2'), -2))).toBe('PadV2[1,7](x, {0 0 1 2}, {-2})');
  });

  it.each([
    ['0,1 0,0', 'Pad[2,2](x, {0 1 0 0})'],
    ['1,0 0,0', 'Pad[2,2](x, {1 0 0 0})'],
    ['0,0 0,0', 'x'],
  ])('of %s is one only where it adds something', (amounts, shown) => {
    expect(showGraph(builder.pad(tensor(1, 2), pairs(amounts)))).toBe(shown);
  });
});

describe('another shape', () => {
  it('leaves the batch open', () => {
    expect(showGraph(builder.reshape(tensor(1, 4, 6), [1, 24]))).toBe('Reshape[1,24](x, {-1 24})');
  });

  it('is nothing where it is the same, and takes constants along', () => {
    expect(showGraph(builder.reshape(tensor(1, 4), [1, 4]))).toBe('x');
    expect(showGraph(builder.reshape(tensor(1, 4), [4]))).toBe('Reshape[4](x, {-1})');
    expect(showGraph(builder.reshape(tensor(1, 4), [4, 1]))).toBe('Reshape[4,1](x, {-1 1})');
    expect(builder.reshape(floats(1, 2), [2, 1])).toMatchObject({ op: 'Const', shape: [2, 1] });
    expect(() => builder.reshape(tensor(1, 4), [5])).toThrow('A tensor of [1,4] cannot take the shape [5].');
  });

  it('by other order of axes is nothing where that is the same, and computed of constants', () => {
    const matrix = builder.reshape(floats(1, 2, 3, 4, 5, 6), [2, 3]);

    expect(showGraph(builder.transpose(tensor(1, 2, 3), [0, 1, 2]))).toBe('x');
    expect(showGraph(builder.transpose(tensor(1, 2, 3), [0, 2, 1]))).toBe('Transpose[1,3,2](x, {0 2 1})');
    expect(showGraph(builder.transpose(matrix, [1, 0]))).toBe('{1 4 2 5 3 6}');
  });

  it('by resizing keeps batch and channels, by half-pixel centres', () => {
    expect(showGraph(builder.resize('ResizeBilinear', tensor(1, 4, 5, 3), 8, 10))).toBe(
      'ResizeBilinear[1,8,10,3] align_corners=false half_pixel_centers=true(x, {8 10})',
    );
  });
});

describe('parts put together', () => {
  it('grow along their axis', () => {
    const node = builder.concat([tensor(1, 2, 3), tensor(1, 5, 3), tensor(1, 1, 3)], -2);

    expect(showGraph(node)).toBe('ConcatV2[1,8,3] N=3(x, x, x, {1})');
  });

  it('are one that is alone, and refused where there is none', () => {
    expect(showGraph(builder.concat([tensor(1, 2)], 0))).toBe('x');
    expect(() => builder.concat([], 0)).toThrow('nothing to concatenate');
  });

  it.each(['1,2,4', '2,2,3', '1,2', '1,2,3,1'])('are refused of shapes that differ elsewhere: %s', (other) => {
    const parts = [tensor(1, 2, 3), tensor(...readNumbers(other))];

    expect(() => builder.concat(parts, 1)).toThrow('do not concatenate along axis 1');
  });
});

describe('a part', () => {
  it('leaves axes open that it takes whole, and is nothing where it is all', () => {
    expect(showGraph(builder.slice(tensor(1, 4, 6), [0, 1, 0], [1, 3, 6]))).toBe('Slice[1,3,6](x, {0 1 0}, {-1 3 -1})');
    expect(showGraph(builder.slice(tensor(1, 4, 6), [0, 0, 0], [1, 4, 6]))).toBe('x');
  });

  it.each([
    ['0,-1', '1,2'],
    ['0,2', '1,3'],
    ['0,1', '1,0'],
    ['1,0', '1,2'],
  ])('that is not there is refused: from %s on %s', (begin, size) => {
    expect(() => builder.slice(tensor(1, 4), readNumbers(begin), readNumbers(size))).toThrow(/^Cannot take/);
  });

  it.each(['0,0', '0,3'])('at either end is one: from %s', (begin) => {
    expect(builder.slice(tensor(1, 4), readNumbers(begin), [1, 1]).shape).toEqual([1, 1]);
  });

  it('of more than four axes is taken of fewer where whole ones join', () => {
    const joined = builder.slice(tensor(1, 3, 3, 2, 4), [0, 0, 1, 0, 0], [1, 3, 1, 2, 4]);
    const apart = builder.slice(tensor(2, 3, 3, 2, 4), [0, 1, 1, 1, 1], [1, 1, 1, 1, 1]);
    const four = builder.slice(tensor(1, 3, 3, 2), [0, 0, 1, 0], [1, 3, 1, 2]);

    expect([joined, joined.inputs[0], apart, four].map((node) => node?.op)).toEqual([
      'Reshape',
      'Slice',
      'Slice',
      'Slice',
    ]);
    expect(joined.shape).toEqual([1, 3, 1, 2, 4]);
  });
});

describe('a part by steps', () => {
  it.each([
    ['0,1', '1,6', '1,2', '1,3'],
    ['0,1', '1,7', '1,2', '1,3'],
    ['0,5', '1,0', '1,-2', '1,3'],
  ])('from %s to %s by %s has the shape %s', (begin, end, steps, shape) => {
    const [from, to, by] = [begin, end, steps].map(readNumbers) as [number[], number[], number[]];

    const shown = showGraph(builder.stridedSlice(tensor(1, 7), from, to, by));

    const inputs = [from, to, by].map((numbers) => `{${numbers.join(' ')}}`).join(', ');
    expect(shown).toMatch(new RegExp(`^StridedSlice\\[${shape}\\] .*\\(x, ${inputs}\\)$`));
  });

  it('takes the batch to its end, and masks nothing else', () => {
    const whole = builder.stridedSlice(tensor(2, 7), [0, 0], [2, 6], [1, 2]).attributes;
    const first = builder.stridedSlice(tensor(2, 7), [0, 0], [1, 6], [1, 2]).attributes;
    const others = ['begin_mask', 'ellipsis_mask', 'new_axis_mask', 'shrink_axis_mask'];

    expect([whole.end_mask, first.end_mask]).toEqual([{ int: 1 }, { int: 0 }]);
    expect(others.map((mask) => whole[mask])).toEqual(Array(4).fill({ int: 0 }));
  });

  it('of 1 is one without', () => {
    const node = builder.stridedSlice(tensor(1, 7), [0, 2], [1, 6], [1, 1]);

    expect(showGraph(node)).toBe('Slice[1,4](x, {0 2}, {-1 4})');
  });
});
