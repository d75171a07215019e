import { countOf, nextMultipleOfFour, type Planner, type PlanTensor } from '../planner.ts';
import { widerKernelsOn } from './wider-kernels-on.ts';

/** A tensor with zeros behind the channels of each place, up to a multiple of four; the tensor itself where it has them. */
export function fillChannels(x: PlanTensor, planner: Planner): PlanTensor {
  const channels = x.shape.at(-1) as number;
  const wide = nextMultipleOfFour(channels);
  if (wide === channels) return x;
  const places = countOf(x.shape) / channels;
  const storage = planner.allocate(places * wide);
  planner.step([x.storage, storage], (_kernels, floats, memory) => {
    const { copyRows } = widerKernelsOn(memory);
    const from = storage.address / Float32Array.BYTES_PER_ELEMENT;
    return () => {
      floats.fill(0, from, from + places * wide);
      copyRows(x.storage.address, channels * 4, storage.address, wide * 4, places, channels * 4);
    };
  });
  return { shape: [...x.shape.slice(0, -1), wide], storage };
}

/** The first channels of each place alone; the tensor itself where these are all. */
export function keepChannels(x: PlanTensor, channels: number, planner: Planner): PlanTensor {
  const wide = x.shape.at(-1) as number;
  if (wide === channels) return x;
  const places = countOf(x.shape) / wide;
  const storage = planner.allocate(places * channels);
  planner.step([x.storage, storage], (_kernels, _floats, memory) => {
    const { copyRows } = widerKernelsOn(memory);
    return () => copyRows(x.storage.address, wide * 4, storage.address, channels * 4, places, channels * 4);
  });
  return { shape: [...x.shape.slice(0, -1), channels], storage };
}
