import type { GraphFile, StoredNode, WeightEntry } from '../../../model/graph/graph-file.ts';
import type { WeightBytes } from '../../../model/graph/weights-file.ts';

export interface Weight {
  readonly shape: readonly number[];
  readonly numbers: Float32Array | Int32Array;
}

/** A graph file of the nodes given, whose weights are constants of the same name; `score` is the last node. */
export function makeGraphFile(nodes: readonly StoredNode[], weights: Readonly<Record<string, Weight>>): GraphFile {
  const entries = Object.entries(weights).map(([name, { shape, numbers }]): WeightEntry => {
    return { name, shape, dtype: numbers instanceof Int32Array ? 'int32' : 'float32' };
  });
  const constants = entries.map(({ name, dtype }): StoredNode => {
    return { name, op: 'Const', attr: { dtype: { type: dtype === 'int32' ? 'DT_INT32' : 'DT_FLOAT' } } };
  });
  const all = [{ name: 'photo', op: 'Placeholder', attr: { dtype: { type: 'DT_FLOAT' } } }, ...constants, ...nodes];
  const score = nodes.at(-1)?.name ?? 'photo';
  return {
    topology: { node: all, library: {}, versions: { producer: 1 } },
    signature: { inputs: { photo: { name: 'photo' } }, outputs: { score: { name: score } } },
    nodes: all,
    weightEntries: entries,
    weights: inMemory(Buffer.concat(Object.values(weights).map(({ numbers }) => Buffer.from(numbers.buffer)))),
    outputs: new Map([['score', score]]),
    weightsVersion: '0',
    digest: '',
    versionWith: () => '',
  };
}

/** Stored weights that lie in no file. */
export function inMemory(bytes: Uint8Array): WeightBytes {
  return {
    sizeInBytes: bytes.length,
    read: (target, offset) => target.set(bytes.subarray(offset, offset + target.length)),
    keepOpen: (use) => use(),
  };
}

const base64 = (text: string) => Buffer.from(text, 'latin1').toString('base64');

/** An attribute as a topology holds it. */
export const attribute = {
  text: (text: string) => ({ s: base64(text) }),
  texts: (texts: readonly string[]) => ({ list: { s: texts.map(base64) } }),
  integers: (integers: readonly number[]) => ({ list: { i: integers.map(String) } }),
  flag: (flag: boolean) => ({ b: flag }),
};
