import { advance, countDown, doWhile, until, when } from '../../wasm/text/control.ts';
import { f32x4, i32, i32x4, v128 } from '../../wasm/text/instructions.ts';
import { kernel } from '../../wasm/text/kernel.ts';
import type { I32, Local, Statement, V128 } from '../../wasm/text/value.ts';

/** Four numbers of half precision, in the low halves of the lanes, as floats. */
function halvesToFloats(bits: V128): V128 {
  const sign = i32x4.shl(v128.and(bits, i32x4.splat(0x8000)), 16);
  const magnitude = v128.and(bits, i32x4.splat(0x7fff));
  // The exponent's bias is 112 larger in a float; a product also makes denormal halves normal floats.
  const finite = f32x4.mul(i32x4.shl(magnitude, 13), i32x4.splat(0x77800000));
  // Infinities and NaNs have all bits of the exponent.
  const exponent = v128.and(i32x4.geU(magnitude, i32x4.splat(0x7c00)), i32x4.splat(0x7f800000));
  return v128.or(sign, v128.or(finite, exponent));
}

interface Stored {
  readonly name: string;
  readonly numberInBytes: number;
  /** Copies four numbers, the first of them so many behind the addresses. */
  readonly copyFour: (to: I32, from: I32, bits: Local<'v128'>, first: number) => Statement;
}

const stored: readonly Stored[] = [
  {
    name: 'packFloats',
    numberInBytes: 4,
    copyFour: (to, from, _bits, first) => v128.store(to, v128.load(from, first * 4), first * 4),
  },
  {
    name: 'packHalves',
    numberInBytes: 2,
    copyFour: (to, from, bits, first) => [
      bits.set(v128.load16x4U(from, first * 2)),
      v128.store(to, halvesToFloats(bits), first * 4),
    ],
  },
];

function pack({ name, numberInBytes, copyFour }: Stored) {
  return kernel(
    name,
    { source: 'i32', to: 'i32', depth: 'i32', columns: 'i32' },
    ({ source, to, depth, columns }, declare) => {
      const rowInBytes = declare('i32', 'rowInBytes');
      const from = declare('i32', 'from');
      const left = declare('i32', 'left');
      const bits = declare('v128', 'bits');
      const panel = (width: 4 | 8): Statement => [
        from.set(source),
        left.set(depth),
        doWhile(
          `rows${width}`,
          [
            copyFour(to, from, bits, 0),
            width === 8 ? copyFour(to, from, bits, 4) : [],
            advance(from, rowInBytes),
            advance(to, width * 4),
          ],
          countDown(left),
        ),
        advance(source, width * numberInBytes),
        columns.set(i32.sub(columns, width)),
      ];
      return [
        rowInBytes.set(i32.mul(columns, numberInBytes)),
        until('wide', i32.ltU(columns, 8), panel(8)),
        when(columns, panel(4)),
      ];
    },
  );
}

/**
 * `packFloats` and `packHalves`: a row-major matrix of `depth` × `columns` into panels of eight columns (four in a last,
 * narrow one), each panel's rows one after the other, the order in which `pointwise` reads them. `columns` is a multiple of
 * four. The source holds floats, or numbers of half precision that become floats. With four columns the order stays as it
 * is. Addresses are in bytes.
 */
export const packKernels = stored.map(pack);
