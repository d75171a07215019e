import { describe, expect, it } from 'vitest';
import { neededNodes } from '../../../importer/onnx/needed-nodes.ts';
import { OnnxAttributes } from '../../../importer/onnx/onnx-attributes.ts';
import type { OnnxNode } from '../../../importer/onnx/onnx-model.ts';

const attributes = new OnnxAttributes(new Map());
const node = (name: string, inputs: readonly string[], outputs: readonly string[] = [name]): OnnxNode => ({
  op: 'Sum',
  name,
  inputs,
  outputs,
  attributes,
  overload: '',
});
const namesOf = (nodes: readonly OnnxNode[], output = 'y') => neededNodes(nodes, output).map(({ name }) => name);

describe('the nodes that an output needs', () => {
  it('stay in the order of the file, without what nothing needs', () => {
    const nodes = [node('a', ['x']), node('unused', ['a']), node('b', ['x']), node('y', ['b', 'a'])];

    expect(namesOf(nodes)).toEqual(['a', 'b', 'y']);
  });

  it('come behind those that they need where a tool appended these', () => {
    const nodes = [node('y', ['b', 'a']), node('b', ['a']), node('a', ['x'])];

    expect(namesOf(nodes)).toEqual(['a', 'b', 'y']);
  });

  it('are all there where they need each other', () => {
    expect(namesOf([node('y', ['a']), node('a', ['y'])]).sort()).toEqual(['a', 'y']);
  });

  it('are put in order where a hundred thousand wait for each other', () => {
    const nodes = Array.from({ length: 1e5 }, (_, at) => node(`n${at}`, [`n${at + 1}`]));

    expect(namesOf(nodes, 'n0').at(-1)).toBe('n0');
  });

  it('must not make the same value twice', () => {
    expect(() => namesOf([node('y', ['x']), node('z', ['x'], ['y'])])).toThrow('the name "y" is given twice');
  });
});
