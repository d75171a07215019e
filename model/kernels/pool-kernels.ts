import { advance, countUp, doWhile, sum, when } from '../../wasm/text/control.ts';
import { f32, f32x4, i32, v128 } from '../../wasm/text/instructions.ts';
import { type Declare, kernel } from '../../wasm/text/kernel.ts';
import type { I32, Local, Statement, V128 } from '../../wasm/text/value.ts';
import { vectorInBytes } from './clamp.ts';

interface Pooling {
  readonly name: string;
  readonly start: V128;
  readonly take: (total: V128, value: V128) => V128;
  /** What becomes of the sum or maximum of `count` places. */
  readonly result: (total: V128, count: I32) => V128;
}

const pools: readonly Pooling[] = [
  {
    name: 'maximumPool',
    start: f32x4.splat(f32.const('-inf')),
    take: f32x4.relaxedMax,
    result: (total) => total,
  },
  {
    name: 'averagePool',
    start: f32x4.splat(f32.const(0)),
    take: f32x4.add,
    result: (total, count) => f32x4.div(total, f32x4.splat(f32.convertI32U(count))),
  },
];

interface Axis {
  readonly position: I32;
  readonly stride: I32;
  readonly before: I32;
  readonly kernelSize: I32;
  readonly size: I32;
}

/** The part of a window along one axis that lies on the picture. */
function clip(name: string, { position, stride, before, kernelSize, size }: Axis, declare: Declare) {
  const begin = declare('i32', `${name}Begin`);
  const end = declare('i32', `${name}End`);
  const steps: Statement = [
    begin.set(i32.sub(i32.mul(position, stride), before)),
    end.set(sum(begin, kernelSize)),
    when(i32.ltS(begin, 0), begin.set(0)),
    when(i32.gtS(end, size), end.set(size)),
  ];
  return { begin, end, steps };
}

/** Whether a number, made one larger, is still below the end; both may be negative. */
function isBelow(local: Local<'i32'>, end: I32): I32 {
  return i32.ltS(local.tee(sum(local, 1)), end);
}

function pool({ name, start, take, result }: Pooling) {
  return kernel(
    name,
    {
      input: 'i32',
      out: 'i32',
      height: 'i32',
      width: 'i32',
      channelsInBytes: 'i32',
      outHeight: 'i32',
      outWidth: 'i32',
      kernelHeight: 'i32',
      kernelWidth: 'i32',
      rowStride: 'i32',
      columnStride: 'i32',
      above: 'i32',
      left: 'i32',
    },
    (given, declare) => {
      const { input, out, height, width, channelsInBytes, outHeight, outWidth } = given;
      const { kernelHeight, kernelWidth, rowStride, columnStride, above, left } = given;
      const row = declare('i32', 'row');
      const column = declare('i32', 'column');
      const vertical = { position: row, stride: rowStride, before: above, kernelSize: kernelHeight, size: height };
      const horizontal = { position: column, stride: columnStride, before: left, kernelSize: kernelWidth, size: width };
      const rows = clip('row', vertical, declare);
      const columns = clip('column', horizontal, declare);
      const channel = declare('i32', 'channel');
      const y = declare('i32', 'y');
      const x = declare('i32', 'x');
      const count = declare('i32', 'count');
      const from = declare('i32', 'from');
      const total = declare('v128', 'total');

      const takeWindow: Statement = [
        total.set(start),
        y.set(rows.begin),
        doWhile(
          'ys',
          [
            x.set(columns.begin),
            from.set(sum(sum(input, channel), i32.mul(sum(i32.mul(y, width), x), channelsInBytes))),
            doWhile(
              'xs',
              [total.set(take(total, v128.load(from))), advance(from, channelsInBytes)],
              isBelow(x, columns.end),
            ),
          ],
          isBelow(y, rows.end),
        ),
        v128.store(sum(out, channel), result(total, count)),
      ];
      return doWhile(
        'rows',
        [
          rows.steps,
          column.set(0),
          doWhile(
            'columns',
            [
              columns.steps,
              count.set(i32.mul(i32.sub(rows.end, rows.begin), i32.sub(columns.end, columns.begin))),
              channel.set(0),
              doWhile('channels', takeWindow, countUp(channel, vectorInBytes, channelsInBytes)),
              advance(out, channelsInBytes),
            ],
            countUp(column, 1, outWidth),
          ),
        ],
        countUp(row, 1, outHeight),
      );
    },
  );
}

/**
 * `maximumPool` and `averagePool` over windows of a picture, channels a multiple of four. Places outside the picture count
 * for nothing, so that each window must lie on it with one place at least. Addresses are in bytes.
 */
export const poolKernels = pools.map(pool);
