import type { GraphBuilder } from '../../graph/graph-builder.ts';
import type { GraphNode } from '../../graph/node.ts';
import { resizeByMatrices } from '../../graph/resize-by-matrices.ts';
import { requireReasonableShape } from '../../graph/shape.ts';

export type MatrixResize = 'bicubic' | 'lanczos3' | 'lanczos5';

/** How much each source position counts for one target position, before they are made to sum to 1. */
type Weigh = (centre: number, source: number) => number;

/**
 * Resizes by two products with constants, one for each axis, because TensorFlow.js has no kernel for these. Equal to
 * `tf.image.resize` without antialiasing.
 */
export function resizeByMatrix(
  builder: GraphBuilder,
  x: GraphNode,
  height: number,
  width: number,
  mode: MatrixResize,
): GraphNode {
  const [, rows = 1, columns = 1, channels = 1] = x.shape;
  requireReasonableShape([1, height, width, channels]);
  const vertical = { values: resizeMatrix(rows, height, mode), shape: [height, rows] } as const;
  const horizontal = { values: resizeMatrix(columns, width, mode), shape: [width, columns] } as const;
  return resizeByMatrices(builder, x, vertical, horizontal);
}

/** [target, source] weights. */
function resizeMatrix(source: number, target: number, mode: MatrixResize): Float32Array {
  const weigh = mode === 'bicubic' ? weighBicubic : weighLanczos(mode === 'lanczos3' ? 3 : 5);
  requireReasonableShape([target, source]);
  const matrix = new Float32Array(target * source);
  const scale = source / target;
  for (let row = 0; row < target; row++) {
    const centre = (row + 0.5) * scale - 0.5;
    const weights = Float64Array.from({ length: source }, (_, at) => weigh(centre, at));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    matrix.set(
      weights.map((weight) => weight / sum),
      row * source,
    );
  }
  return matrix;
}

// TensorFlow reads the cubic's values from a table of this many steps between two pixels.
const tableSteps = 1024;
const cubicParameter = -0.5;

/** Keys's cubic over the four nearest pixels. */
const weighBicubic: Weigh = (centre, source) => {
  const lower = Math.floor(centre);
  const share = roundHalfToEven((centre - lower) * tableSteps) / tableSteps;
  const distance = Math.abs(source - lower - share);
  if (distance >= 2) return 0;
  const a = cubicParameter;
  if (distance <= 1) return ((a + 2) * distance - (a + 3)) * distance * distance + 1;
  return ((a * distance - 5 * a) * distance + 8 * a) * distance - 4 * a;
};

function weighLanczos(radius: number): Weigh {
  return (centre, source) => {
    const distance = Math.abs(source - centre);
    if (distance >= radius) return 0;
    if (distance <= 1e-3) return 1;
    const angle = Math.PI * distance;
    return (radius * Math.sin(angle) * Math.sin(angle / radius)) / (angle * angle);
  };
}

function roundHalfToEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
