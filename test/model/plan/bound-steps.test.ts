import { expect, it } from 'vitest';
import type { ModelKernels } from '../../../model/kernels/model-kernels.ts';
import { bindSteps } from '../../../model/plan/bound-steps.ts';
import type { PlannedStep } from '../../../model/plan/planner.ts';

const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
const floats = new Float32Array(memory.buffer);
const kernels = { pad: () => undefined, clamp: () => undefined, mean: () => undefined } as unknown as ModelKernels;

/** Steps that note their number, each of the kernels given. */
function planned(...names: readonly (readonly (keyof ModelKernels)[])[]) {
  const ran: number[] = [];
  const steps = names.map((taken, number): PlannedStep => {
    return {
      bind: (given) => {
        for (const name of taken) given[name];
        return () => ran.push(number);
      },
    };
  });
  return { ran, steps };
}

it('rehearses the first step of each kernel, and every step that takes none', () => {
  const { ran, steps } = planned(['pad'], ['pad', 'clamp'], ['pad'], ['clamp', 'pad'], [], ['mean'], []);

  for (const step of bindSteps(steps, kernels, floats, memory).rehearsal) step();

  expect(ran).toEqual([0, 1, 4, 5, 6]);
});

it('leaves out no step of a run that counts', () => {
  const { ran, steps } = planned(['pad'], ['pad'], ['mean']);

  for (const step of bindSteps(steps, kernels, floats, memory).all) step();

  expect(ran).toEqual([0, 1, 2]);
});

it('lets no step ask for a kernel while it runs', () => {
  const late: PlannedStep = { bind: (given) => () => given.pad(0, 0, 0, 0, 0, 0, 0, 0) };
  const { all } = bindSteps([late], kernels, floats, memory);

  expect(() => all[0]?.()).toThrow('revoked');
});
