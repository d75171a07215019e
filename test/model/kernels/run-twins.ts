import { type ModelKernels, modelKernels } from '../../../model/kernels/model-kernels.ts';
import { plainModelKernels } from '../../../model/kernels/plain/plain-model-kernels.ts';
import type { TwinMemories } from '../../helpers/twin-memories.ts';

/** Runs a kernel and its twin on memories of the same content. */
export function runTwins<Name extends keyof ModelKernels>(
  memories: TwinMemories,
  name: Name,
  ...given: Parameters<ModelKernels[Name]>
): readonly [made: unknown, expected: unknown] {
  const run = (kernels: ModelKernels) => (kernels[name] as (...numbers: number[]) => unknown)(...given);
  return [run(modelKernels.instantiate(memories.kernelMemory)), run(plainModelKernels(memories.plainBuffer))];
}

export const everything = [-Infinity, Infinity] as const;

export const relu6 = [0, 6] as const;
