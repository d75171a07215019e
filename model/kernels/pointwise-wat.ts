/** Most rows of a tile: six rows of eight columns are twelve accumulators, which leaves four of x86-64's sixteen vector registers. */
export const maximumTileRows = 6;
const columnsPerVector = 4;

/** The product of `rows` rows of A (row-major) and one panel of B (`vectors` × 4 columns, packed), plus bias, clamped. */
function tile(rows: number, vectors: number): string {
  const rowIndices = [...Array(rows).keys()];
  const vectorIndices = [...Array(vectors).keys()];
  const accumulators = rowIndices.flatMap((row) => vectorIndices.map((vector) => `$c${row}_${vector}`));
  const panelStepInBytes = vectors * 16;

  const multiply = (step: number) =>
    [
      ...vectorIndices.map(
        (vector) =>
          `(local.set $b${vector} (v128.load offset=${step * panelStepInBytes + vector * 16} (local.get $b)))`,
      ),
      ...rowIndices.flatMap((row) => [
        ...vectorIndices.map((vector) => {
          const factor =
            vector === 0
              ? `(local.tee $s (v128.load32_splat offset=${step * 4} (local.get $a${row})))`
              : '(local.get $s)';
          return `(local.set $c${row}_${vector} (f32x4.relaxed_madd ${factor} (local.get $b${vector}) (local.get $c${row}_${vector})))`;
        }),
      ]),
    ].join('\n');
  const advance = (steps: number) =>
    [
      `(local.set $b (i32.add (local.get $b) (i32.const ${steps * panelStepInBytes})))`,
      ...rowIndices.map((row) => `(local.set $a${row} (i32.add (local.get $a${row}) (i32.const ${steps * 4})))`),
    ].join('\n');
  const loop = (label: string, steps: number) => `
    (block $${label}_end
      (loop $${label}
        (br_if $${label}_end (i32.lt_u (local.get $depth) (i32.const ${steps})))
        ${[...Array(steps).keys()].map(multiply).join('\n')}
        ${advance(steps)}
        (local.set $depth (i32.sub (local.get $depth) (i32.const ${steps})))
        (br $${label})))`;

  return `
  (func $pointwise_${rows}x${vectors} (param $a0 i32) (param $rowStep i32) (param $b i32) (param $depth i32)
      (param $bias i32) (param $out i32) (param $outStep i32) (param $low f32) (param $high f32)
    (local $s v128) (local $lowest v128) (local $highest v128)
    ${rowIndices
      .slice(1)
      .map((row) => `(local $a${row} i32)`)
      .join(' ')}
    ${[...vectorIndices.map((vector) => `$b${vector}`), ...accumulators].map((name) => `(local ${name} v128)`).join(' ')}
    ${rowIndices
      .slice(1)
      .map((row) => `(local.set $a${row} (i32.add (local.get $a${row - 1}) (local.get $rowStep)))`)
      .join('\n')}
    ${rowIndices
      .flatMap((row) =>
        vectorIndices.map(
          (vector) => `(local.set $c${row}_${vector} (v128.load offset=${vector * 16} (local.get $bias)))`,
        ),
      )
      .join('\n')}
    ${vectors > 1 ? loop('four', 4) : ''}
    ${loop('one', 1)}
    (local.set $lowest (f32x4.splat (local.get $low)))
    (local.set $highest (f32x4.splat (local.get $high)))
    ${rowIndices
      .map(
        (row) => `${vectorIndices
          .map(
            (vector) =>
              `(v128.store offset=${vector * 16} (local.get $out)
                (f32x4.relaxed_min (local.get $highest) (f32x4.relaxed_max (local.get $lowest) (local.get $c${row}_${vector}))))`,
          )
          .join('\n')}
        (local.set $out (i32.add (local.get $out) (local.get $outStep)))`,
      )
      .join('\n')})`;
}

/** Calls the tile of `$group` rows: a chain of compares, which the branch predictor learns at once. */
function callTile(vectors: number): string {
  const call = (rows: number) => `(call $pointwise_${rows}x${vectors} (local.get $a) (local.get $depthInBytes)
    (local.get $panel) (local.get $depth) (local.get $panelBias) (local.get $panelOut) (local.get $outStep)
    (local.get $low) (local.get $high))`;
  let chain = call(1);
  for (let rows = 2; rows <= maximumTileRows; rows++) {
    chain = `(if (i32.eq (local.get $group) (i32.const ${rows})) (then ${call(rows)}) (else ${chain}))`;
  }
  return chain;
}

/**
 * WebAssembly text of `pointwise`: out[m, n] = clamp(bias[n] + Σ a[m, k] · b[k, n], low, high), for A of `rows` × `depth`
 * and C of `rows` × `columns` in row-major order, B packed by pack-panels.ts, `columns` a multiple of four. All addresses
 * are byte offsets into the shared memory. A tile keeps its accumulators in registers over the whole depth (K. Goto and
 * R. van de Geijn, "Anatomy of high-performance matrix multiplication", 2008); the few rows of A of a tile stay in the
 * first-level cache while the panels of B stream by.
 */
export function pointwiseWat(): string {
  const tiles = [1, 2].flatMap((vectors) =>
    [...Array(maximumTileRows).keys()].map((index) => tile(index + 1, vectors)),
  );
  const panel = (vectors: number) => `
          ${callTile(vectors)}
          (local.set $panel (i32.add (local.get $panel) (i32.mul (local.get $depthInBytes) (i32.const ${vectors * columnsPerVector}))))
          (local.set $panelBias (i32.add (local.get $panelBias) (i32.const ${vectors * 16})))
          (local.set $panelOut (i32.add (local.get $panelOut) (i32.const ${vectors * 16})))
          (local.set $left (i32.sub (local.get $left) (i32.const ${vectors * columnsPerVector})))`;
  return `${tiles.join('\n')}
  (func (export "pointwise") (param $a i32) (param $b i32) (param $bias i32) (param $out i32)
      (param $rows i32) (param $depth i32) (param $columns i32) (param $rowsPerTile i32) (param $low f32) (param $high f32)
    (local $group i32) (local $left i32) (local $panel i32) (local $panelBias i32) (local $panelOut i32)
    (local $depthInBytes i32) (local $outStep i32)
    (local.set $depthInBytes (i32.shl (local.get $depth) (i32.const 2)))
    (local.set $outStep (i32.shl (local.get $columns) (i32.const 2)))
    (block $rows_end
      (loop $row_groups
        (br_if $rows_end (i32.eqz (local.get $rows)))
        (local.set $group (select (local.get $rows) (local.get $rowsPerTile) (i32.lt_u (local.get $rows) (local.get $rowsPerTile))))
        (local.set $panel (local.get $b))
        (local.set $panelBias (local.get $bias))
        (local.set $panelOut (local.get $out))
        (local.set $left (local.get $columns))
        (block $wide_end
          (loop $wide
            (br_if $wide_end (i32.lt_u (local.get $left) (i32.const 8)))
            ${panel(2)}
            (br $wide)))
        (if (local.get $left) (then ${panel(1)}))
        (local.set $a (i32.add (local.get $a) (i32.mul (local.get $group) (local.get $depthInBytes))))
        (local.set $out (i32.add (local.get $out) (i32.mul (local.get $group) (local.get $outStep))))
        (local.set $rows (i32.sub (local.get $rows) (local.get $group)))
        (br $row_groups))))`;
}
