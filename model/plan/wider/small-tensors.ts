import { readFlag } from '../../graph/attributes.ts';
import { readNumbers } from '../../graph/stored-weights.ts';
import { countOf, type Planner, type PlanOperation, type PlanTensor } from '../planner.ts';
import { broadcast, lead, startsOf } from './broadcasting.ts';

/** Above it a loop of JavaScript over pairs would be felt. */
const mostSmallNumbers = 32_768;
/** The same, of a loop that reads each number once. */
const mostLoopedNumbers = 2 ** 20;
const floatInBytes = Float32Array.BYTES_PER_ELEMENT;

/** Each number by a function, where there are not too many. */
export function planLoop(make: (value: number) => number): PlanOperation {
  return (node, planner) => {
    const x = planner.input(node, 0);
    const count = x && countOf(x.shape);
    if (x === undefined || count === undefined || count > mostLoopedNumbers) return undefined;
    const out = planner.allocate(count);
    planner.step([x.storage, out], (_kernels, floats) => () => {
      const [from, to] = [x.storage.address / floatInBytes, out.address / floatInBytes];
      for (let at = 0; at < count; at++) floats[to + at] = make(floats[from + at] as number);
    });
    return { shape: x.shape, storage: out };
  };
}

/** Two tensors that broadcast, number by number, where there are few. */
export function planSmallPairs(make: (a: number, b: number) => number): PlanOperation {
  return (node, planner) => {
    const [a, b] = [planner.input(node, 0), planner.input(node, 1)];
    const shape = a && b && broadcast(a.shape, b.shape);
    if (a === undefined || b === undefined || shape === undefined) return undefined;
    if (isRowByRow(a, b) && countOf(shape) <= mostLoopedNumbers) return planRows(make, a, b, planner);
    if (countOf(shape) > mostSmallNumbers) return undefined;
    const [placesOfA, placesOfB] = [a, b].map((one) => startsOf(shape, lead(one.shape, shape.length))) as [
      number[],
      number[],
    ];
    const out = planner.allocate(countOf(shape));
    planner.step([a.storage, b.storage, out], (_kernels, floats) => () => {
      const [fromA, fromB, to] = [a.storage, b.storage, out].map(({ address }) => address / floatInBytes) as [
        number,
        number,
        number,
      ];
      for (let at = 0; at < placesOfA.length; at++) {
        const first = floats[fromA + (placesOfA[at] as number)] as number;
        floats[to + at] = make(first, floats[fromB + (placesOfB[at] as number)] as number);
      }
    });
    return { shape, storage: out };
  };
}

/** Whether two tensors have as many rows, and one of them a single number in each. */
function isRowByRow(a: PlanTensor, b: PlanTensor): boolean {
  const columns = [a, b].map(({ shape }) => shape.at(-1));
  return columns.includes(1) && a.shape.slice(0, -1).join() === b.shape.slice(0, -1).join();
}

/** Each number of a row with the one of the other tensor's row. */
function planRows(make: (a: number, b: number) => number, a: PlanTensor, b: PlanTensor, planner: Planner): PlanTensor {
  const [ofA, ofB] = [a, b].map(({ shape }) => shape.at(-1)) as [number, number];
  const columns = Math.max(ofA, ofB);
  const rows = countOf(a.shape) / ofA;
  const out = planner.allocate(rows * columns);
  planner.step([a.storage, b.storage, out], (_kernels, floats) => () => {
    const [fromA, fromB, to] = [a.storage, b.storage, out].map(({ address }) => address / floatInBytes) as [
      number,
      number,
      number,
    ];
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const first = floats[fromA + row * ofA + (ofA === 1 ? 0 : column)] as number;
        const second = floats[fromB + row * ofB + (ofB === 1 ? 0 : column)] as number;
        floats[to + row * columns + column] = make(first, second);
      }
    }
  });
  return { shape: [...a.shape.slice(0, -1), columns], storage: out };
}

type Reduction = 'mean' | 'sum' | 'maximum';

/** Over all places of a map, or over the last axis of few numbers. */
export function planReduction(reduction: Reduction): PlanOperation {
  return (node, planner) => {
    const x = planner.input(node, 0);
    const weight = planner.weight(node, 1);
    if (x === undefined || weight === undefined) return undefined;
    const rank = x.shape.length;
    const axes = [...readNumbers(weight)].map((axis) => (axis + rank) % rank).sort((a, b) => a - b);
    const [first, last] = [axes[0], axes.at(-1)];
    if (first === undefined || last === undefined || axes.some((axis, at) => axis !== first + at)) return undefined;
    const inner = countOf(x.shape.slice(last + 1));
    const outer = countOf(x.shape.slice(0, first));
    const between = countOf(x.shape.slice(first, last + 1));
    const shape = readFlag(node, 'keep_dims')
      ? x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
      : x.shape.filter((_, axis) => !axes.includes(axis));
    const isByKernel = reduction !== 'maximum' && outer === 1 && inner % 4 === 0;
    if (!isByKernel && countOf(x.shape) > mostLoopedNumbers) return undefined;
    const out = planner.allocate(outer * inner);
    planner.step([x.storage, out], ({ mean }, floats) => {
      const [from, to] = [x.storage.address / floatInBytes, out.address / floatInBytes];
      const first = reduction === 'maximum' ? -Infinity : 0;
      const join = reduction === 'maximum' ? Math.max : (sum: number, value: number) => sum + value;
      const share = reduction === 'mean' ? between : 1;
      /** Of the numbers `inner` apart, from one on. */
      const reduceFrom = (start: number) => {
        let joined = first;
        for (let at = 0; at < between; at++) joined = join(joined, floats[start + at * inner] as number);
        return joined / share;
      };
      if (!isByKernel) {
        return () => {
          for (let row = 0; row < outer; row++) {
            for (let column = 0; column < inner; column++)
              floats[to + row * inner + column] = reduceFrom(from + row * between * inner + column);
          }
        };
      }
      const factor = reduction === 'sum' ? between : 1;
      return () => {
        mean(x.storage.address, between, inner * 4, out.address);
        if (factor !== 1) for (let at = to; at < to + inner; at++) floats[at] = (floats[at] as number) * factor;
      };
    });
    return { shape, storage: out };
  };
}
