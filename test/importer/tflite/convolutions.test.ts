import { describe, expect, it } from 'vitest';
import { convolutions } from '../../../importer/tflite/convolutions.ts';
import { pooling } from '../../../importer/tflite/pooling.ts';
import { convertOperation, counted, tensor, whole } from './convert-operation.ts';

type Inputs = Parameters<typeof convertOperation>[2];

function convert(name: string, inputs: Inputs, options?: Record<number, number | boolean>): string {
  return convertOperation({ ...convolutions, ...pooling }, name, inputs, options && { options });
}

const picture = (channels: number) => tensor(1, 9, 8, channels);
/** A window that moves by one. */
const byOne = { 1: 1, 2: 1 };
const plain = 'by 1x1 dilated 1x1 in SAME';
/** A kernel of two filters, height 3 and width 2, or the other way around, turned as TensorFlow has it. */
const turned = '{1 7 2 8 3 9 4 10 5 11 6 12}';

describe('a convolution', () => {
  it('has width before height among its options', () => {
    const options = { 0: 1, 1: 2, 2: 3, 3: 3, 4: 1, 5: 2 };

    expect(convert('CONV_2D', [picture(1), counted(2, 3, 2, 1), counted(2)], options)).toBe(
      `Relu6[1,2,4,2](AddV2[1,2,4,2](Conv2D[1,2,4,2] by 3x2 dilated 2x1 in VALID(x, ${turned}), {1 2}))`,
    );
    expect(convert('CONV_2D', [picture(1), counted(2, 2, 3, 1)], { ...byOne, 4: 2, 5: 1 })).toBe(
      `Conv2D[1,9,8,2] by 1x1 dilated 1x2 in SAME(x, ${turned})`,
    );
  });

  it('adds no bias of zeros', () => {
    const zeros = whole(0, 0);

    expect(convert('CONV_2D', [picture(1), counted(2, 1, 1, 1), zeros], byOne)).toBe(
      `Conv2D[1,9,8,2] ${plain}(x, {1 2})`,
    );
    expect(convert('CONV_2D', [picture(1), counted(2, 1, 1, 1), whole(0, 1)], byOne)).toContain('AddV2');
    expect(convert('CONV_2D', [picture(1), counted(2, 1, 1, 1), tensor(2)], byOne)).toContain('AddV2');
  });

  it('of fewer channels than the picture has is one of groups', () => {
    expect(convert('CONV_2D', [picture(2), counted(2, 1, 1, 1)], byOne)).toBe(
      `DepthwiseConv2dNative[1,9,8,2] ${plain}(x, {1 2})`,
    );
    const part = (from: number) => `Slice[1,9,8,2](x, {0 0 0 ${from}}, {-1 -1 -1 2})`;
    const group = (from: number, kernel: string) => `Conv2D[1,9,8,1] ${plain}(${part(from)}, ${kernel})`;
    expect(convert('CONV_2D', [picture(4), counted(2, 1, 2, 2)], byOne)).toBe(
      `ConcatV2[1,9,8,2] N=2(${group(0, '{1 2 3 4}')}, ${group(2, '{5 6 7 8}')}, {3})`,
    );
    expect(() => convert('CONV_2D', [picture(3), counted(2, 1, 1, 2)], byOne)).toThrow('does not fit the channels');
  });

  it('of each channel has the fields of its options elsewhere', () => {
    const options = { 0: 1, 1: 2, 2: 3, 3: 2, 4: 1, 5: 2, 6: 1 };

    expect(convert('DEPTHWISE_CONV_2D', [picture(2), counted(1, 1, 2, 4), counted(4)], options)).toBe(
      'Relu[1,3,3,4](AddV2[1,3,3,4](DepthwiseConv2dNative[1,3,3,4] by 3x2 dilated 1x2 in VALID(x, {1 2 3 4 5 6 7 8}), {1 2 3 4}))',
    );
    expect(convert('DEPTHWISE_CONV_2D', [picture(2), counted(1, 1, 1, 2)], byOne)).toBe(
      `DepthwiseConv2dNative[1,9,8,2] ${plain}(x, {1 2})`,
    );
    expect(() => convert('DEPTHWISE_CONV_2D', [picture(2), counted(1, 1, 1, 3)], byOne)).toThrow('does not fit');
  });

  it('backwards is padded as the picture that comes out', () => {
    const options = { 0: 0, 1: 2, 2: 2, 3: 1 };
    const inputs = [whole(1, 9, 8, 2), counted(2, 3, 2, 1), tensor(1, 5, 4, 1)];

    expect(convert('TRANSPOSE_CONV', [...inputs, counted(2)], options)).toBe(
      `Relu[1,9,8,2](AddV2[1,9,8,2](Conv2DBackpropInput[1,9,8,2] by 2x2 dilated 1x1 in 1,1,0,0({1 9 8 2}, ${turned}, x), {1 2}))`,
    );
    expect(convert('TRANSPOSE_CONV', inputs, { 0: 1, 1: 2, 2: 2 })).toBe(
      `Conv2DBackpropInput[1,9,8,2] by 2x2 dilated 1x1 in 0,0,0,0({1 9 8 2}, ${turned}, x)`,
    );
  });
});

describe('a fully connected layer', () => {
  const product = 'transpose_a=false transpose_b=false';

  it('keeps the axes of its input where it is told to', () => {
    expect(convert('FULLY_CONNECTED', [tensor(1, 2, 3), counted(2, 3), counted(2)], { 0: 1, 2: true })).toBe(
      `Reshape[1,2,2](Relu[2,2](AddV2[2,2](MatMul[2,2] ${product}(Reshape[2,3](x, {-1 3}), {1 4 2 5 3 6}), {1 2})), {-1 2 2})`,
    );
  });

  it('makes rows of its input otherwise', () => {
    expect(convert('FULLY_CONNECTED', [tensor(1, 2, 3), counted(2, 6)])).toBe(
      `MatMul[1,2] ${product}(Reshape[1,6](x, {-1 6}), ${turned})`,
    );
    expect(() => convert('FULLY_CONNECTED', [tensor(1, 4), counted(2, 3)])).toThrow('do not fit its input');
  });
});

describe('a pool', () => {
  it('has width before height among its options', () => {
    expect(convert('MAX_POOL_2D', [picture(3)], { 0: 1, 1: 2, 2: 3, 3: 4, 4: 5, 5: 1 })).toBe(
      'Relu[1,2,3,3](MaxPool[1,2,3,3] ksize=1,5,4,1 by 3x2 dilated 1x1 in VALID(x))',
    );
    expect(convert('AVERAGE_POOL_2D', [picture(3)], { 0: 0, 1: 2, 2: 3, 3: 4, 4: 5 })).toBe(
      'AvgPool[1,3,4,3] ksize=1,5,4,1 by 3x2 dilated 1x1 in SAME(x)',
    );
  });

  it('of all is a reduction over the axes given', () => {
    expect(convert('MEAN', [picture(3), whole(1, 2)], { 0: true })).toBe('Mean[1,1,1,3] keep_dims=true(x, {1 2})');
    expect(convert('SUM', [picture(3), whole(-1)])).toBe('Sum[1,9,8] keep_dims=false(x, {3})');
  });
});
