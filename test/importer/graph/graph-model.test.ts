import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../importer/graph/graph-builder.ts';
import { toGraphModel } from '../../../importer/graph/graph-model.ts';

it('leaves the batch open in what goes in and comes out, and no other axis', () => {
  const builder = new GraphBuilder();
  const input = builder.input('photo', [1, 4, 5, 3]);
  const column = builder.reshape(builder.unary('Relu', input), [60, 1]);
  const row = builder.reshape(builder.unary('Relu', input), [1, 60]);

  const { signature } = toGraphModel({ input, outputs: { column, row } }, 'float32');

  const shapes = JSON.stringify(signature).match(/"size":"-?\d+"/g);
  expect(shapes?.map((size) => Number(size.slice(8, -1)))).toEqual([-1, 4, 5, 3, 60, 1, -1, 60]);
});

it('writes margins of one for each side as a stored graph has them: batch, rows, columns, channels', () => {
  const builder = new GraphBuilder();
  const input = builder.input('photo', [1, 9, 9, 4]);
  const kernel = builder.constant('kernel', new Float32Array(3 * 3 * 4 * 4), [3, 3, 4, 4]);
  const padding = { top: 1, bottom: 2, left: 3, right: 4 };
  const score = builder.conv2d(input, kernel, { strides: [2, 1], dilations: [1, 3], padding });

  const { topology } = toGraphModel({ input, outputs: { score } }, 'float32');

  const attributes = topology.node.find(({ op }) => op === 'Conv2D')?.attr;
  expect(attributes).toMatchObject({
    explicit_paddings: { list: { i: ['0', '0', '1', '2', '3', '4', '0', '0'] } },
    strides: { list: { i: ['1', '2', '1', '1'] } },
    dilations: { list: { i: ['1', '1', '3', '1'] } },
  });
});

describe('a window of SAME', () => {
  const paddingOf = (op: 'Conv2D' | 'DepthwiseConv2dNative' | 'MaxPool', size: [number, number], stride: number) => {
    const builder = new GraphBuilder();
    const input = builder.input('photo', [1, 9, 9, 4]);
    const window = { strides: [stride, stride], dilations: [1, 1], padding: 'SAME' } as const;
    const kernel = (shape: number[]) =>
      builder.constant('kernel', new Float32Array(shape.reduce((product, one) => product * one, 1)), shape);
    const score =
      op === 'MaxPool'
        ? builder.pool(op, input, size, window)
        : op === 'Conv2D'
          ? builder.conv2d(input, kernel([...size, 4, 4]), window)
          : builder.depthwiseConv2d(input, kernel([...size, 4, 1]), window);
    const { topology } = toGraphModel({ input, outputs: { score } }, 'float32');
    const { padding, explicit_paddings } = topology.node.find((node) => node.op === op)?.attr as unknown as {
      padding: { s: string };
      explicit_paddings?: { list: { i: readonly string[] } };
    };
    return [Buffer.from(padding.s, 'base64').toString(), explicit_paddings?.list.i.join('')];
  };

  it.each<[string, Parameters<typeof paddingOf>, padding: string, margins?: string]>([
    ['is none where a convolution leaves pixels over', ['Conv2D', [1, 1], 2], 'VALID'],
    ['is none where a depthwise one does', ['DepthwiseConv2dNative', [1, 1], 2], 'VALID'],
    ['is written out where pixels are left over on one axis', ['Conv2D', [3, 1], 2], 'EXPLICIT', '00110000'],
    ['stays where the kernel is as long as the stride', ['Conv2D', [2, 2], 2], 'SAME'],
    ['stays where it is longer', ['Conv2D', [3, 3], 2], 'SAME'],
    ['stays for a pool', ['MaxPool', [1, 1], 2], 'SAME'],
  ])('%s', (_, [op, size, stride], padding, margins) => {
    expect(paddingOf(op, size, stride)).toEqual([padding, margins]);
  });
});
