import type { StoredNode } from '../../../model/graph/graph-file.ts';
import type { PictureShape } from '../../../model/graph/runnable-graph.ts';
import { attribute, type Weight } from './graph-file.ts';

export const float = { T: { type: 'DT_FLOAT' } };

/** A node of floats; `after` names its inputs. */
export function node(
  name: string,
  op: string,
  after: readonly string[],
  attr: Readonly<Record<string, unknown>> = {},
): StoredNode {
  return { name, op, input: after, attr: { ...float, ...attr } };
}

export function integers(...numbers: readonly number[]): Weight {
  return { shape: [numbers.length], numbers: Int32Array.from(numbers) };
}

export function pool(op: string, size: number, stride: number, padding: string): StoredNode {
  const [ksize, strides] = [size, stride].map((one) => attribute.integers([1, one, one, 1]));
  return node('pool', op, ['photo'], {
    ksize,
    strides,
    padding: attribute.text(padding),
    data_format: attribute.text('NHWC'),
  });
}

export const map: PictureShape = [1, 5, 7, 8];
export const meanOfPlaces = node('mean', 'Mean', ['photo', 'axes'], { keep_dims: attribute.flag(true) });
export const axes = integers(1, 2);

export interface OperationCase {
  readonly title: string;
  readonly input: PictureShape;
  readonly nodes: readonly StoredNode[];
  readonly weights?: Readonly<Record<string, Weight>>;
}
