import type { ExplicitPadding, Shape, Window } from './node.ts';

/** How many values a tensor of this shape holds. */
export function countValues(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** One tensor may hold 2^28 values, a gigabyte: no photo model comes near, and a hostile file must not ask for more. */
const mostValues = 2 ** 28;

/** Shuffles and windows take six axes or seven. */
const mostAxes = 16;

/** Throws a RangeError where a tensor of this shape would be absurd. */
export function requireReasonableShape(shape: Shape): void {
  const isSound = shape.length <= mostAxes && shape.every((size) => Number.isInteger(size) && size >= 0);
  if (isSound && countValues(shape) <= mostValues) return;
  const shown = shape.length <= mostAxes ? shape : [...shape.slice(0, mostAxes), '…'];
  throw new RangeError(`A tensor of [${shown}] is out of all proportion.`);
}

/** The axis counted from the front: -1 is the last. Throws a RangeError outside the shape. */
export function resolveAxis(axis: number, rank: number): number {
  const resolved = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(axis) || resolved < 0 || resolved >= rank) {
    throw new RangeError(`Axis ${axis} is outside a tensor of ${rank} axes.`);
  }
  return resolved;
}

/** The shape of an element-wise result, by NumPy's rules. Throws a RangeError where the two do not fit. */
export function broadcastShapes(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[a.length - rank + axis] ?? 1;
    const right = b[b.length - rank + axis] ?? 1;
    if (left !== right && left !== 1 && right !== 1) {
      throw new RangeError(`Shapes [${a}] and [${b}] do not fit together.`);
    }
    return left === 1 ? right : left;
  });
}

/** Output height and width of a kernel of `kernel` = [height, width] that moves over the picture as `window` says. */
export function windowOutput(input: Shape, kernel: readonly [number, number], window: Window): [number, number] {
  const padding = explicitPadding(input, kernel, window);
  const [height = 0, width = 0] = input.slice(1, 3);
  const [strideY, strideX] = window.strides;
  const spanY = (kernel[0] - 1) * window.dilations[0] + 1;
  const spanX = (kernel[1] - 1) * window.dilations[1] + 1;
  const rows = Math.floor((height + padding.top + padding.bottom - spanY) / strideY) + 1;
  const columns = Math.floor((width + padding.left + padding.right - spanX) / strideX) + 1;
  if (rows < 1 || columns < 1) {
    throw new RangeError(`A window of ${spanY} x ${spanX} does not fit into a picture of ${height} x ${width}.`);
  }
  return [rows, columns];
}

/** The zeros that the window's padding means for this picture; TensorFlow's SAME puts the odd one at the end. */
export function explicitPadding(input: Shape, kernel: readonly [number, number], window: Window): ExplicitPadding {
  if (window.padding === 'VALID') return { top: 0, bottom: 0, left: 0, right: 0 };
  if (window.padding !== 'SAME') return window.padding;
  const total = (axis: 0 | 1) => {
    const size = input[axis + 1] ?? 0;
    const stride = window.strides[axis];
    const span = (kernel[axis] - 1) * window.dilations[axis] + 1;
    return Math.max(0, (Math.ceil(size / stride) - 1) * stride + span - size);
  };
  const [vertical, horizontal] = [total(0), total(1)];
  const [top, left] = [Math.floor(vertical / 2), Math.floor(horizontal / 2)];
  return { top, bottom: vertical - top, left, right: horizontal - left };
}
