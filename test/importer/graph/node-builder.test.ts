import { describe, expect, it } from 'vitest';
import { NodeBuilder } from '../../../importer/graph/node-builder.ts';

describe('a builder of nodes', () => {
  it('names them after the layer that they come from, and goes back to the outer one', () => {
    const builder = new NodeBuilder();
    const names = () => builder.scalar(1).name;

    const inner = builder.within('outer', () => [builder.within('outer/inner', names), names()]);

    expect([...inner, names()]).toEqual(['outer/inner/value', 'outer/value', 'model/value']);
    expect(() => builder.within('broken', () => builder.integers('a', [1], [2]))).toThrow(RangeError);
    expect(builder.place).toBe('model');
  });

  it('takes the kind of a node from its first input, where nothing else is said', () => {
    const builder = new NodeBuilder();
    const whole = builder.input('x', [2], 'int32');

    expect(builder.node('Neg', [whole], { shape: [2] }).dtype).toBe('int32');
    expect(builder.node('Neg', [whole], { shape: [2], dtype: 'bool' }).dtype).toBe('bool');
    expect(builder.node('Empty', [], { shape: [] }).dtype).toBe('float32');
    expect(builder.input('x', [2]).dtype).toBe('float32');
  });

  it('makes as many operations as it may, and no more', () => {
    const builder = new NodeBuilder();
    builder.limit({ nodes: 2, values: 10 });
    const make = () => builder.node('Neg', [], { shape: [1] });

    expect([make(), make()]).toHaveLength(2);
    expect(make).toThrow('it comes to more than 2 operations');
  });

  it('makes constants of as many values as it may, and no more', () => {
    const builder = new NodeBuilder();
    builder.limit({ nodes: 2, values: 3 });

    expect(builder.integers('a', [1, 2, 3]).shape).toEqual([3]);
    expect(() => builder.scalar(1)).toThrow('its constants come to more than a model holds');
  });

  it('makes constants whose values fill their shape', () => {
    const builder = new NodeBuilder();

    expect(builder.constant('c', Float32Array.of(1, 2), [2, 1])).toMatchObject({ dtype: 'float32', shape: [2, 1] });
    expect(builder.constant('c', Int32Array.of(1), []).dtype).toBe('int32');
    expect(() => builder.constant('c', Float32Array.of(1, 2), [3])).toThrow(
      'The 2 values of c do not fill the shape [3].',
    );
  });
});
