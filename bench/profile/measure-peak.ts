import createWabt from 'wabt';

const accumulators = 12;
const unrolled = 8;
const lanes = 4;

/**
 * What this processor does of 128-bit multiply-adds when nothing else is in the way: twelve sums in registers, as many as
 * hide the latency, and no memory.
 * @returns what measures it now, in multiply-accumulates a second. To be called in turn with what is compared with it: a
 *   processor's clock and share change from one moment to the next, and its best moment is no limit of the others.
 */
export async function openPeak(loops = 3_000): Promise<() => number> {
  const wabt = await createWabt();
  const names = Array.from({ length: accumulators }, (_, index) => `$c${index}`);
  const add = (name: string) =>
    `(local.set ${name} (f32x4.relaxed_madd (local.get $a) (local.get $b) (local.get ${name})))`;
  const total = names
    .slice(1)
    .reduce((sum, name) => `(f32x4.add ${sum} (local.get ${name}))`, `(local.get ${names[0]})`);
  const text = `(module (func (export "run") (param $loops i32) (param $x f32) (result f32)
    (local $a v128) (local $b v128) ${names.map((name) => `(local ${name} v128)`).join(' ')}
    (local.set $a (f32x4.splat (local.get $x))) (local.set $b (f32x4.splat (local.get $x)))
    (loop $again
      ${Array.from({ length: unrolled }, () => names.map(add).join('\n')).join('\n')}
      (br_if $again (local.tee $loops (i32.sub (local.get $loops) (i32.const 1)))))
    (f32x4.extract_lane 0 ${total})))`;
  const { buffer } = wabt.parseWat('peak.wat', text, { simd: true, relaxed_simd: true }).toBinary({});
  const { run } = new WebAssembly.Instance(new WebAssembly.Module(buffer)).exports as {
    run: (loops: number, x: number) => number;
  };
  return () => {
    const before = performance.now();
    run(loops, 1e-9);
    return (loops * unrolled * accumulators * lanes) / ((performance.now() - before) / 1_000);
  };
}
