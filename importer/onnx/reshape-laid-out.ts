import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { Shape } from '../graph/node.ts';
import { countValues, requireReasonableShape } from '../graph/shape.ts';
import { arrange, type LaidOut, reshapeNode, shapeOf } from './laid-out.ts';

/** Axes before a reshape that become axes after it; both lists hold no axis of one place. */
interface Group {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/**
 * ONNX's Reshape of a tensor whose axes lie in an order of their own. Where the reshape splits an axis, or joins axes that
 * lie side by side, no value moves; where it joins axes that lie apart, these alone are brought together first.
 */
export function reshapeLaidOut(builder: GraphBuilder, value: LaidOut, target: Shape): LaidOut {
  const source = shapeOf(value);
  requireReasonableShape(target);
  if (countValues(source) !== countValues(target)) {
    throw new RangeError(`a tensor of [${source}] cannot take the shape [${target}]`);
  }
  const groups = groupAxes(source, target);
  const groupOf = new Map(groups.flatMap((group) => group.from.map((axis) => [axis, group] as const)));
  const inOrder: Group[] = [];
  // Axes that are brought together lie where the last of them lay, so that channels stay innermost.
  for (const axis of value.order.toReversed()) {
    const group = groupOf.get(axis);
    if (group !== undefined && !inOrder.includes(group)) inOrder.unshift(group);
  }
  const moved = inOrder.flatMap(({ from }) => from);
  const single = value.order.filter((axis) => !moved.includes(axis));
  const arranged = arrange(builder, value, [...single, ...moved]);
  const order = withSingleAxes(
    inOrder.flatMap(({ to }) => to),
    target.length,
  );
  return {
    node: reshapeNode(
      builder,
      arranged,
      order.map((axis) => target[axis] as number),
    ),
    order,
  };
}

/** The shortest runs of axes, first to last, that hold as many values before as after. */
function groupAxes(source: Shape, target: Shape): Group[] {
  const groups: Group[] = [];
  const [before, after] = [longAxes(source), longAxes(target)];
  for (let from = 0, to = 0; from < before.length; ) {
    const [firstFrom, firstTo] = [from, to];
    let sizeBefore = source[before[from++] as number] as number;
    let sizeAfter = target[after[to++] as number] as number;
    while (sizeBefore !== sizeAfter) {
      if (sizeBefore < sizeAfter) sizeBefore *= source[before[from++] as number] as number;
      else sizeAfter *= target[after[to++] as number] as number;
    }
    groups.push({ from: before.slice(firstFrom, from), to: after.slice(firstTo, to) });
  }
  return groups;
}

function longAxes(shape: Shape): number[] {
  return shape.flatMap((size, axis) => (size === 1 ? [] : [axis]));
}

/** Each axis of one place goes to the front, or behind the axis that it follows in ONNX. */
function withSingleAxes(order: readonly number[], rank: number): number[] {
  const complete = [...order];
  for (let axis = 0; axis < rank; axis++) {
    if (complete.includes(axis)) continue;
    complete.splice(axis === 0 ? 0 : complete.indexOf(axis - 1) + 1, 0, axis);
  }
  return complete;
}
