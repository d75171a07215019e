import type { ModelKernels } from '../kernels/model-kernels.ts';
import type { PlannedStep } from './planner.ts';

type Run = () => void;

/** A plan's steps, each ready to run. */
export interface BoundSteps {
  readonly all: readonly Run[];
  /** The first step of each kernel: what a warm-up needs, in which V8 compiles what it runs. */
  readonly rehearsal: readonly Run[];
}

/**
 * Binds the steps of a plan to its memory, and notes which kernels each takes at that. What takes none, such as a softmax,
 * is rehearsed too.
 */
export function bindSteps(
  planned: readonly PlannedStep[],
  kernels: ModelKernels,
  floats: Float32Array,
  memory: WebAssembly.Memory,
): BoundSteps {
  const taken = new Set<keyof ModelKernels>();
  const { proxy: watched, revoke } = Proxy.revocable(kernels, {
    get: (_, name) => {
      taken.add(name as keyof ModelKernels);
      return kernels[name as keyof ModelKernels];
    },
  });
  const rehearsed = new Set<keyof ModelKernels>();
  const rehearsal: Run[] = [];
  const all = planned.map(({ bind }) => {
    taken.clear();
    const run = bind(watched, floats, memory);
    const isNew = taken.size === 0 || [...taken].some((name) => !rehearsed.has(name));
    for (const name of taken) rehearsed.add(name);
    if (isNew) rehearsal.push(run);
    return run;
  });
  // A step that asked for one only while it runs would throw.
  revoke();
  return { all, rehearsal };
}
