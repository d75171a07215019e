import { advance, select, smallest, sum, touch, until, when } from '../../wasm/text/control.ts';
import { f32x4, i32, v128 } from '../../wasm/text/instructions.ts';
import { call, innerFunction, type Kernel, kernel } from '../../wasm/text/kernel.ts';
import type { Statement } from '../../wasm/text/value.ts';
import { clamped, limits, vectorInBytes } from './clamp.ts';
import { maximumTileRows } from './tile-rows.ts';

const columnsPerVector = 4;
const floatInBytes = 4;
/** Rows of A between two passes over B, in tiles: few enough that they stay in the second-level cache. */
const tilesPerBlock = 40;
/** Of B in the longer of a tile's loops. */
const stepsPerRound = 4;

const numbersBelow = (end: number) => [...Array(end).keys()];

/** The product of `rows` rows of A (row-major) and one panel of B (`vectors` × 4 columns, packed), plus bias, clamped. */
function tile(rows: number, vectors: number): Kernel {
  return innerFunction(
    `pointwise_${rows}x${vectors}`,
    {
      a0: 'i32',
      rowStep: 'i32',
      b: 'i32',
      depth: 'i32',
      bias: 'i32',
      out: 'i32',
      outStep: 'i32',
      low: 'f32',
      high: 'f32',
      ahead: 'i32',
      aheadStep: 'i32',
    },
    ({ a0, rowStep, b, depth, bias, out, outStep, low, high, ahead, aheadStep }, declare) => {
      const factor = declare('v128', 'factor');
      const { setLimits, range } = limits(low, high, declare);
      const rowsOfA = [a0, ...numbersBelow(rows - 1).map((row) => declare('i32', `a${row + 1}`))];
      const columnsOfB = numbersBelow(vectors).map((vector) => declare('v128', `b${vector}`));
      const sums = rowsOfA.map((_, row) => columnsOfB.map((_, vector) => declare('v128', `sum${row}_${vector}`)));
      const panelStepInBytes = vectors * vectorInBytes;

      /** One column of A times one row of the panel. */
      const multiply = (step: number): Statement => [
        columnsOfB.map((column, vector) => column.set(v128.load(b, step * panelStepInBytes + vector * vectorInBytes))),
        rowsOfA.map((a, row) =>
          columnsOfB.map((column, vector) => {
            const total = (sums[row] as typeof columnsOfB)[vector] as typeof column;
            const value = vector === 0 ? factor.tee(v128.load32Splat(a, step * floatInBytes)) : factor;
            return total.set(f32x4.relaxedMadd(value, column, total));
          }),
        ),
      ];
      const loop = (label: string, steps: number): Statement =>
        until(label, i32.ltU(depth, steps), [
          numbersBelow(steps).map(multiply),
          steps === stepsPerRound ? [touch(ahead), advance(ahead, aheadStep)] : [],
          advance(b, steps * panelStepInBytes),
          rowsOfA.map((a) => advance(a, steps * floatInBytes)),
          depth.set(i32.sub(depth, steps)),
        ]);

      return [
        rowsOfA.slice(1).map((a, index) => a.set(sum(rowsOfA[index] as typeof a, rowStep))),
        sums.map((row) => row.map((total, vector) => total.set(v128.load(bias, vector * vectorInBytes)))),
        // The narrow panel is the last of a matrix, too little of the work to be worth bytes that a start reads.
        vectors > 1 ? loop('four', stepsPerRound) : [],
        loop('one', 1),
        setLimits,
        sums.map((row) => [
          row.map((total, vector) => v128.store(out, clamped(total, range), vector * vectorInBytes)),
          advance(out, outStep),
        ]),
      ];
    },
  );
}

const tiles = [1, 2].map((vectors) => numbersBelow(maximumTileRows).map((index) => tile(index + 1, vectors)));
const [narrowTiles, wideTiles] = tiles as [Kernel[], Kernel[]];

const pointwise = kernel(
  'pointwise',
  {
    a: 'i32',
    b: 'i32',
    bias: 'i32',
    out: 'i32',
    rows: 'i32',
    depth: 'i32',
    columns: 'i32',
    rowsPerTile: 'i32',
    low: 'f32',
    high: 'f32',
  },
  ({ a, b, bias, out, rows, depth, columns, rowsPerTile, low, high }, declare) => {
    const block = declare('i32', 'block');
    const columnsLeft = declare('i32', 'columnsLeft');
    const panel = declare('i32', 'panel');
    const panelBias = declare('i32', 'panelBias');
    const panelOut = declare('i32', 'panelOut');
    const rowsLeft = declare('i32', 'rowsLeft');
    const group = declare('i32', 'group');
    const groupA = declare('i32', 'groupA');
    const groupOut = declare('i32', 'groupOut');
    const ahead = declare('i32', 'ahead');
    const aheadStep = declare('i32', 'aheadStep');
    const aheadPerTile = declare('i32', 'aheadPerTile');
    const depthInBytes = declare('i32', 'depthInBytes');
    const outStep = declare('i32', 'outStep');
    const given = {
      ...{ a0: groupA, rowStep: depthInBytes, b: panel, depth, bias: panelBias, out: groupOut, outStep, low, high },
      ...{ ahead, aheadStep },
    };

    /** Calls the tile of `group` rows: a chain of compares, which the branch predictor learns at once. */
    const callTile = ([lowest, ...higher]: readonly Kernel[]): Statement =>
      higher.reduce(
        (others, chosen, index) => when(i32.eq(group, index + 2), call(chosen, given), others),
        call(lowest as Kernel, given),
      );
    const multiplyPanel = (ofHeight: readonly Kernel[], vectors: number): Statement => {
      const panelInBytes = i32.mul(depthInBytes, vectors * columnsPerVector);
      return [
        columnsLeft.set(i32.sub(columnsLeft, vectors * columnsPerVector)),
        // Where no panel as wide follows, this one: nothing behind B is touched.
        ahead.set(select(sum(panel, panelInBytes), panel, i32.geU(columnsLeft, vectors * columnsPerVector))),
        groupA.set(a),
        groupOut.set(panelOut),
        rowsLeft.set(block),
        until('rowGroups', i32.eqz(rowsLeft), [
          group.set(smallest(rowsLeft, rowsPerTile)),
          callTile(ofHeight),
          advance(ahead, aheadPerTile),
          advance(groupA, i32.mul(group, depthInBytes)),
          advance(groupOut, i32.mul(group, outStep)),
          rowsLeft.set(i32.sub(rowsLeft, group)),
        ]),
        advance(panel, panelInBytes),
        advance(panelBias, vectors * vectorInBytes),
        advance(panelOut, vectors * vectorInBytes),
      ];
    };
    const wideColumns = 2 * columnsPerVector;
    return [
      depthInBytes.set(i32.shl(depth, 2)),
      outStep.set(i32.shl(columns, 2)),
      until('blocks', i32.eqz(rows), [
        block.set(smallest(rows, i32.mul(rowsPerTile, tilesPerBlock))),
        // So much a round that a block's tiles touch the next panel once.
        aheadStep.set(
          i32.divU(stepsPerRound * wideColumns * floatInBytes, i32.divU(sum(block, rowsPerTile, -1), rowsPerTile)),
        ),
        aheadPerTile.set(i32.mul(i32.divU(depth, stepsPerRound), aheadStep)),
        panel.set(b),
        panelBias.set(bias),
        panelOut.set(out),
        columnsLeft.set(columns),
        until('wide', i32.ltU(columnsLeft, wideColumns), multiplyPanel(wideTiles, 2)),
        when(columnsLeft, multiplyPanel(narrowTiles, 1)),
        advance(a, i32.mul(block, depthInBytes)),
        advance(out, i32.mul(block, outStep)),
        rows.set(i32.sub(rows, block)),
      ]),
    ];
  },
);

/**
 * `pointwise`: out[m, n] = clamp(bias[n] + Σ a[m, k] · b[k, n], low, high), for A of `rows` × `depth` and C of `rows` ×
 * `columns` in row-major order, B packed by pack-panels.ts, `columns` a multiple of four. All addresses are byte offsets into
 * the shared memory. A tile keeps its accumulators in registers over the whole depth (K. Goto and R. van de Geijn, "Anatomy
 * of high-performance matrix multiplication", 2008). A panel of B stays in the first-level cache while a block of A's rows goes by it,
 * and the next panel is touched on the way: B is mostly weights, which come from memory once a pass and no sooner than they
 * are asked for.
 */
export const pointwiseKernels = [...tiles.flat(), pointwise];
