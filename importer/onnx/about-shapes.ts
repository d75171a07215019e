import { isConstant, type Values } from '../graph/node.ts';
import { countValues, requireReasonableShape } from '../graph/shape.ts';
import { type LaidOut, laidPlain, shapeOf } from './laid-out.ts';
import { notImported, type OperationContext } from './operation-context.ts';
import type { StoredConstants } from './stored-constants.ts';

/** Shape, Size and ConstantOfShape: shapes do not depend on the photo, though the tensors do that have them. */
export function aboutShapes(context: OperationContext, constants: StoredConstants): LaidOut {
  const { op, inputs, attributes, builder } = context;
  const [x] = inputs;
  if (x === undefined) throw notImported(context, 'it lacks its input');
  if (op === 'ConstantOfShape') return constantOfShape(context, x, constants);
  const shape = shapeOf(x);
  if (op === 'Size') return laidPlain(builder.integers('size', [countValues(shape)], []));
  const clampAxis = (axis: number) => Math.min(Math.max(axis < 0 ? axis + shape.length : axis, 0), shape.length);
  const part = shape.slice(
    clampAxis(attributes.integer('start', 0)),
    clampAxis(attributes.integer('end', shape.length)),
  );
  return laidPlain(builder.integers('shape', part));
}

function constantOfShape(context: OperationContext, x: LaidOut, constants: StoredConstants): LaidOut {
  if (!isConstant(x.node)) throw notImported(context, 'its shape is computed from the photo');
  const shape = Array.from(x.node.values);
  requireReasonableShape(shape);
  const stored = context.attributes.tensor('value')?.values(constants.external);
  const value = stored?.[0] ?? 0;
  const count = constants.spend(countValues(shape));
  const values: Values =
    stored instanceof Int32Array ? new Int32Array(count).fill(value) : new Float32Array(count).fill(value);
  return laidPlain(context.builder.constant('values', values, shape));
}
