import { advance, countDown, endlessly, leaveIf, sum } from '../../wasm/text/control.ts';
import { i32, memory } from '../../wasm/text/instructions.ts';
import { kernel } from '../../wasm/text/kernel.ts';

/**
 * `pad`: a picture of `height` rows of `rowInBytes` bytes with a margin of zeros around it. All sizes are in bytes; `above`
 * and `below` are whole padded rows, `left` and `right` parts of one.
 */
export const padKernel = kernel(
  'pad',
  {
    input: 'i32',
    out: 'i32',
    height: 'i32',
    rowInBytes: 'i32',
    above: 'i32',
    below: 'i32',
    left: 'i32',
    right: 'i32',
  },
  ({ input, out, height, rowInBytes, above, below, left, right }) => [
    memory.fill(out, 0, sum(above, left)),
    advance(out, sum(above, left)),
    endlessly('rows', [
      memory.copy(out, input, rowInBytes),
      advance(input, rowInBytes),
      advance(out, rowInBytes),
      leaveIf('rows', i32.eqz(countDown(height))),
      memory.fill(out, 0, sum(left, right)),
      advance(out, sum(left, right)),
    ]),
    memory.fill(out, 0, sum(right, below)),
  ],
);
