import { describe, expect, it } from 'vitest';
import { shapes } from '../../../importer/tflite/shapes.ts';
import { builder, type ConvertOptions, convertOperation, counted, tensor, whole } from './convert-operation.ts';

const convert = (name: string, inputs: Parameters<typeof convertOperation>[2], more?: ConvertOptions) =>
  convertOperation(shapes, name, inputs, more);

describe('another shape', () => {
  it.each([
    ['1,-1', 'Reshape[1,24](x, {-1 24})'],
    ['-1,3', 'Reshape[8,3](x, {-1 3})'],
    ['2,12', 'Reshape[2,12](x, {-1 12})'],
  ])('of %s is worked out', (wanted, shown) => {
    expect(convert('RESHAPE', [tensor(1, 4, 6), whole(...wanted.split(',').map(Number))])).toBe(shown);
  });

  it('stands among the options where it is no input', () => {
    const options = { 0: [2, -1] };

    expect(convert('RESHAPE', [tensor(1, 4, 6)], { options })).toBe('Reshape[2,12](x, {-1 12})');
  });

  it.each([
    ['SQUEEZE', [1, 4, 6], 'Reshape[1,4,6](x, {-1 4 6})'],
    ['EXPAND_DIMS', [1, 4, 1, 1, 6], 'Reshape[1,4,1,1,6](x, {-1 4 1 1 6})'],
  ])('is the file’s own: %s', (name, shape, shown) => {
    expect(convert(name, [tensor(1, 4, 1, 6), whole(1)], { shape })).toBe(shown);
    expect(() => convert(name, [tensor(1, 4, 1, 6)], { shape: [1, 5] })).toThrow('its shape does not fit its input');
  });

  it('by another order of axes is a transposition', () => {
    expect(convert('TRANSPOSE', [tensor(1, 4, 6), whole(0, 2, 1)])).toBe('Transpose[1,6,4](x, {0 2 1})');
  });

  it('is a constant to those who ask for it', () => {
    expect(convert('SHAPE', [tensor(1, 2, 6)])).toBe('{1 2 6}');
  });
});

describe('parts put together', () => {
  it('lie along the axis of the options, under an activation', () => {
    const parts = [tensor(1, 4), tensor(1, 5)];

    expect(convert('CONCATENATION', parts, { options: { 0: -1, 1: 1 } })).toBe(
      'Relu[1,9](ConcatV2[1,9] N=2(x, x, {1}))',
    );
    expect(convert('CONCATENATION', [tensor(1, 4), tensor(2, 4)])).toBe('ConcatV2[3,4] N=2(x, x, {0})');
  });

  it('get an axis of their own', () => {
    const parts = [tensor(1, 6), tensor(1, 6)];

    expect(convert('PACK', parts)).toBe(
      'ConcatV2[2,1,6] N=2(Reshape[1,1,6](x, {-1 1 6}), Reshape[1,1,6](x, {-1 1 6}), {0})',
    );
    expect(convert('PACK', parts, { options: { 1: -1 } })).toBe(
      'ConcatV2[1,6,2] N=2(Reshape[1,6,1](x, {-1 6 1}), Reshape[1,6,1](x, {-1 6 1}), {2})',
    );
  });

  it('are one repeated, axis after axis', () => {
    expect(convert('TILE', [tensor(1, 2), whole(1, 3)])).toBe('ConcatV2[1,6] N=3(x, x, x, {1})');
    expect(convert('TILE', [tensor(1, 2), whole(2, 2)])).toBe(
      'ConcatV2[2,4] N=2(ConcatV2[2,2] N=2(x, x, {0}), ConcatV2[2,2] N=2(x, x, {0}), {1})',
    );
    expect(convert('BROADCAST_TO', [tensor(1, 2, 1), whole(1, 2, 3)])).toBe('Mul[1,2,3](x, {1 1 1 1 1 1})');
  });
});

describe('parts taken apart', () => {
  it('are equal, or of the sizes given', () => {
    expect(convert('SPLIT', [whole(-1), tensor(1, 6)], { outputCount: 3 })).toBe(
      'Slice[1,2](x, {0 0}, {-1 2}) | Slice[1,2](x, {0 2}, {-1 2}) | Slice[1,2](x, {0 4}, {-1 2})',
    );
    expect(convert('SPLIT_V', [tensor(1, 6), whole(1, 5), whole(1)], { outputCount: 2 })).toBe(
      'Slice[1,1](x, {0 0}, {-1 1}) | Slice[1,5](x, {0 1}, {-1 5})',
    );
  });

  it('lose the axis that they lay along', () => {
    expect(convert('UNPACK', [tensor(1, 2, 6)], { options: { 1: 1 }, outputCount: 2 })).toBe(
      'Reshape[1,6](Slice[1,1,6](x, {0 0 0}, {-1 1 -1}), {-1 6}) | Reshape[1,6](Slice[1,1,6](x, {0 1 0}, {-1 1 -1}), {-1 6})',
    );
    expect(convert('UNPACK', [tensor(2, 6)], { outputCount: 2 })).toBe(
      'Reshape[6](Slice[1,6](x, {0 0}, {1 -1}), {-1}) | Reshape[6](Slice[1,6](x, {1 0}, {1 -1}), {-1})',
    );
  });
});

describe('a border', () => {
  it('has zeros, or its own value, before and after each axis', () => {
    expect(convert('PAD', [tensor(1, 4), whole(0, 0, 1, 2)])).toBe('Pad[1,7](x, {0 0 1 2})');
    expect(convert('PADV2', [tensor(1, 4), whole(0, 1, 0, 2), builder.scalar(7)])).toBe(
      'PadV2[2,6](x, {0 1 0 2}, {7})',
    );
  });

  it('of a value that is computed is refused', () => {
    expect(() => convert('PADV2', [tensor(1, 4), whole(0, 0, 1, 2), tensor(1)])).toThrow('depends on the photo');
  });
});

describe('another size', () => {
  it.each([
    ['RESIZE_BILINEAR', 2, 'ResizeBilinear[1,5,6,4] align_corners=true half_pixel_centers=false'],
    ['RESIZE_BILINEAR', 3, 'ResizeBilinear[1,5,6,4] align_corners=false half_pixel_centers=true'],
    ['RESIZE_BILINEAR', 0, 'ResizeBilinear[1,5,6,4] align_corners=false half_pixel_centers=false'],
    ['RESIZE_NEAREST_NEIGHBOR', 0, 'ResizeNearestNeighbor[1,5,6,4] align_corners=true half_pixel_centers=false'],
    ['RESIZE_NEAREST_NEIGHBOR', 1, 'ResizeNearestNeighbor[1,5,6,4] align_corners=false half_pixel_centers=true'],
  ])('by %s, its field %i set', (name, field, shown) => {
    expect(convert(name, [tensor(1, 2, 3, 4), whole(5, 6)], { options: { [field]: true } })).toBe(`${shown}(x, {5 6})`);
    // Neither is the schema's default.
    expect(convert(name, [tensor(1, 2, 3, 4), whole(5, 6)])).toContain('align_corners=false half_pixel_centers=false');
  });

  it('is made of channels in blocks', () => {
    const x = tensor(1, 2, 3, 8);

    expect(convert('DEPTH_TO_SPACE', [x], { options: { 0: 2 } })).toBe('DepthToSpace[1,4,6,2] block_size=2(x)');
    expect(convert('DEPTH_TO_SPACE', [x])).toBe('DepthToSpace[1,2,3,8] block_size=1(x)');
  });
});

it('multiplies batches of matrices, turned as the options say', () => {
  expect(convert('BATCH_MATMUL', [tensor(3, 2, 4), counted(3, 1, 2)], { options: { 0: true, 1: true } })).toBe(
    'BatchMatMulV2[3,4,1] adj_x=true adj_y=true(x, {1 2 3 4 5 6})',
  );
  expect(convert('BATCH_MATMUL', [tensor(3, 2, 4), counted(3, 4, 1)])).toContain('[3,2,1] adj_x=false adj_y=false(');
});
