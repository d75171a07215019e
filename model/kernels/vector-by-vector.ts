import { advance, doWhile } from '../../wasm/text/control.ts';
import { i32 } from '../../wasm/text/instructions.ts';
import type { Local, Statement } from '../../wasm/text/value.ts';
import { vectorInBytes } from './clamp.ts';

const numbersPerVector = 4;

/** What is made four by four until `count` numbers are done; reads and writes up to three more. */
export function vectorByVector(addresses: readonly Local<'i32'>[], count: Local<'i32'>, make: Statement): Statement {
  return doWhile(
    'vectors',
    [make, addresses.map((address) => advance(address, vectorInBytes))],
    i32.gtS(count.tee(i32.sub(count, numbersPerVector)), 0),
  );
}
