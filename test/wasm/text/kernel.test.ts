import { describe, expect, it } from 'vitest';
import { assemble } from '../../../wasm/assemble.ts';
import { advance, countDown, doWhile, endlessly, leaveIf, select, until, when } from '../../../wasm/text/control.ts';
import { i32 } from '../../../wasm/text/instructions.ts';
import { call, callFor, innerFunction, type Kernel, kernel } from '../../../wasm/text/kernel.ts';
import { moduleText } from '../../../wasm/text/module.ts';
import { constant } from '../../../wasm/text/value.ts';

async function instantiate<Exports>(kernels: readonly Kernel[]): Promise<{ exports: Exports; bytes: Uint8Array }> {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const module = new WebAssembly.Module(await assemble('sample', moduleText(kernels)));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return { exports: exports as unknown as Exports, bytes: new Uint8Array(memory.buffer) };
}

const larger = innerFunction('larger', { a: 'i32', b: 'i32' }, ({ a, b }) => ({
  body: [],
  result: select(a, b, i32.gtS(a, b)),
}));

describe('a kernel of text', () => {
  it('takes its parameters in the order of their names and returns its result', async () => {
    const difference = kernel('difference', { a: 'i32', b: 'i32' }, ({ a, b }) => ({
      body: [],
      result: i32.sub(a, b),
    }));

    const { exports } = await instantiate<{ difference(a: number, b: number): number }>([difference]);

    expect(exports.difference(9, 4)).toBe(5);
  });

  it('runs a doWhile once at least, an until not at all where it has come to its end', async () => {
    const loops = kernel('loops', { count: 'i32' }, ({ count }, declare) => {
      const runs = declare('i32', 'runs');
      return [
        until('none', i32.eqz(count), [i32.store8(0, 7), count.set(0)]),
        doWhile('some', advance(runs, 1), i32.ltU(runs, 3)),
        i32.store8(1, runs),
        endlessly('rest', [advance(runs, 1), leaveIf('rest', i32.eq(runs, 9))]),
        i32.store8(2, runs),
      ];
    });

    const { exports, bytes } = await instantiate<{ loops(count: number): void }>([loops]);
    exports.loops(0);

    expect([...bytes.subarray(0, 3)]).toEqual([0, 3, 9]);
  });

  it('counts down to zero, and goes the other way where a condition does not hold', async () => {
    const ways = kernel('ways', { count: 'i32' }, ({ count }, declare) => {
      const runs = declare('i32', 'runs');
      return [
        doWhile('runs', advance(runs, 1), countDown(count)),
        when(i32.eq(runs, 4), i32.store8(0, 1), i32.store8(0, 2)),
      ];
    });

    const { exports, bytes } = await instantiate<{ ways(count: number): void }>([ways]);
    exports.ways(4);
    const four = bytes[0];
    exports.ways(5);

    expect([four, bytes[0]]).toEqual([1, 2]);
  });

  it('calls another by the names of its parameters', async () => {
    const greatest = kernel('greatest', { a: 'i32', b: 'i32' }, (given) => ({
      body: [],
      result: callFor('i32', larger, given),
    }));

    const { exports } = await instantiate<{ greatest(a: number, b: number): number }>([larger, greatest]);

    expect([exports.greatest(3, 8), exports.greatest(8, 3)]).toEqual([8, 8]);
  });

  it('refuses a call that leaves a parameter out, or expects another result', () => {
    expect(() => call(larger, { a: constant(1) })).toThrow('larger takes i32 as b, not nothing.');
    expect(() => callFor('f32', larger, { a: constant(1), b: constant(2) })).toThrow('larger returns i32, not f32.');
  });
});

it('keeps the names of functions where profilers are to show them', async () => {
  const bare = await assemble('sample', moduleText([larger]));

  const named = await assemble('sample', moduleText([larger]), { keepsNames: true });

  expect(Buffer.from(named).includes('larger')).toBe(true);
  expect(Buffer.from(bare).includes('larger')).toBe(false);
});
