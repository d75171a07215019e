import { expect } from 'vitest';
import type { GraphFile } from '../../../model/graph/graph-file.ts';
import type { PictureShape } from '../../../model/graph/runnable-graph.ts';
import { modelKernels } from '../../../model/kernels/model-kernels.ts';
import { ConstantLoader } from '../../../model/plan/constant-loader.ts';
import { planOperations } from '../../../model/plan/operation-table.ts';
import { countOf, Planner } from '../../../model/plan/planner.ts';

/** More than any step works on at once, so that one that is too small is seen rather than sharing what happens to be free. */
const gapInBytes = 640_000;
const pageInBytes = 65_536;
/** A NaN: what is read of a gap shows in the answer. */
const untouched = 0x7fc00000;

/**
 * Runs a plan with every storage in a place of its own, far from all others, and expects each step to write nowhere else.
 * @returns the values of the output `score`
 */
export function runSpaced(
  file: GraphFile,
  shape: PictureShape,
  input: Float32Array,
  table = planOperations,
): Float32Array {
  const planner = new Planner(file, table);
  const placeholder = planner.placeholder(shape);
  const score = planner.tensor(file.outputs.get('score') ?? '');
  if (score === undefined) throw new Error('The graph of this test has no plan.');
  const storages = [...planner.constants.map(({ storage }) => storage), ...planner.storages];
  let end = 0;
  for (const storage of storages) {
    storage.address = end + gapInBytes;
    end = storage.address + storage.sizeInBytes;
  }
  const staging = end + gapInBytes;
  const largest = Math.max(...storages.map(({ sizeInBytes }) => sizeInBytes));
  const pages = Math.ceil((staging + largest) / pageInBytes);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const floats = new Float32Array(memory.buffer);
  const words = new Uint32Array(memory.buffer).fill(untouched);
  const kernels = modelKernels.instantiate(memory);
  const loader = new ConstantLoader(kernels, memory, staging);
  for (const { storage, fill } of planner.constants) fill(loader, storage.address);
  floats.set(input, placeholder.address / 4);

  const expectUntouchedGaps = () => {
    for (const { address } of storages) {
      const gap = words.subarray((address - gapInBytes) / 4, address / 4);
      expect(gap.findIndex((word) => word !== untouched)).toBe(-1);
    }
  };
  for (const { bind } of planner.steps) {
    bind(kernels, floats, memory)();
    expectUntouchedGaps();
  }
  const from = score.storage.address / 4;
  return floats.slice(from, from + countOf(score.shape));
}
