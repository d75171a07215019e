import { describe, expect, it } from 'vitest';
import { evaluate, isEvaluated } from '../../../importer/onnx/evaluate.ts';
import type { Known } from '../../../importer/onnx/known.ts';
import type { OnnxAttributes } from '../../../importer/onnx/onnx-attributes.ts';
import { readNumbers } from '../show-graph.ts';

type Attributes = Readonly<Record<string, number | string | readonly number[]>>;

/** '2x3: 1,2,3,4,5,6' is a tensor of whole numbers; with f before it, of real ones. */
function read(text: string): Known {
  const [shape = '', values = ''] = text.replace('f', '').split(':');
  const numbers = readNumbers(values.trim());
  return {
    shape: shape === '' ? [] : shape.split('x').map(Number),
    values: text.startsWith('f') ? Float32Array.from(numbers) : Int32Array.from(numbers),
  };
}

function show({ shape, values }: Known): string {
  if (values instanceof Int32Array) return `${shape.join('x')}: ${Array.from(values)}`;
  return `f${shape.join('x')}: ${Array.from(values, (value) => Number(value.toPrecision(5)))}`;
}

function run(op: string, inputs: readonly string[], attributes: Attributes = {}, opset = 18): string | undefined {
  const get = (name: string, otherwise?: unknown) => attributes[name] ?? otherwise;
  const reader = { integer: get, float: get, text: get, integers: get } as unknown as OnnxAttributes;
  const known = inputs.map((text) => (text === '' ? undefined : read(text)));
  const result = evaluate(op, { inputs: known, attributes: reader, opset });
  return result && show(result);
}

describe('two known operands', () => {
  it.each([
    ['Add', '2: 3,4', '2: 1,2', '2: 4,6'],
    ['Sub', 'f2: 3,4', 'f2: 1,2.5', 'f2: 2,1.5'],
    ['Mul', '2x1: 3,4', '3: 1,2,3', '2x3: 3,6,9,4,8,12'],
    ['Div', '2: 7,-7', ': 2', '2: 3,-3'],
    ['Div', 'f2: 7,-7', 'f: 2', 'f2: 3.5,-3.5'],
    ['Mod', '2: 7,-7', ': 3', '2: 1,2'],
    ['Mod', 'f2: 7,-7', 'f: 3', 'f2: 1,-1'],
    ['Pow', '2: 2,3', ': 3', '2: 8,27'],
    ['Max', '2: 1,5', ': 3', '2: 3,5'],
    ['Min', '2: 1,5', ': 3', '2: 1,3'],
    ['Equal', 'f3: 1,2,3', 'f: 2', '3: 0,1,0'],
    ['Greater', '3: 1,2,3', ': 2', '3: 0,0,1'],
    ['GreaterOrEqual', '3: 1,2,3', ': 2', '3: 0,1,1'],
    ['Less', '3: 1,2,3', ': 2', '3: 1,0,0'],
    ['LessOrEqual', '3: 1,2,3', ': 2', '3: 1,1,0'],
    ['And', '4: 0,0,1,1', '4: 0,1,0,1', '4: 0,0,0,1'],
    ['Or', '4: 0,0,1,1', '4: 0,1,0,1', '4: 0,1,1,1'],
    ['Xor', '4: 0,0,1,1', '4: 0,1,0,1', '4: 0,1,1,0'],
    ['Add', '1: 2147483647', '1: 1', '1: 2147483647'],
    ['Sub', '1: -2147483648', '1: 1', '1: -2147483648'],
    ['Add', '2x1x2: 1,2,3,4', '3x1: 10,20,30', '2x3x2: 11,12,21,22,31,32,13,14,23,24,33,34'],
    ['Add', '1: 1', '2x2: 1,2,3,4', '2x2: 2,3,4,5'],
    ['Add', '1x2: 1,2', '2x1: 10,20', '2x2: 11,12,21,22'],
  ])('%s of %s and %s are %s', (op, a, b, answer) => {
    expect(run(op, [a, b])).toBe(answer);
  });

  it('are left to the model where one is whole and does not fit, or there is a third', () => {
    expect(() => run('Add', ['2: 1,2', '3: 1,2,3'])).toThrow('Shapes [2] and [3] do not fit together');
    expect(run('Max', ['1: 1', '1: 2', '1: 3'])).toBeUndefined();
    expect(run('Add', ['1: 1', ''])).toBeUndefined();
    expect(run('Add', ['', '1: 1'])).toBeUndefined();
    expect(run('Conv', ['1: 1', '1: 1'])).toBeUndefined();
  });

  it('are any number where they are summed', () => {
    expect(run('Sum', ['2: 1,2', '1: 10', '2x1: 100,200'])).toBe('2x2: 111,112,211,212');
    expect(run('Sum', ['2: 1,2', ''])).toBeUndefined();
  });
});

describe('one known operand', () => {
  it.each([
    ['Neg', '2: 1,-2', '2: -1,2'],
    ['Not', '3: 0,1,2', '3: 1,0,0'],
    ['Sign', 'f3: -2,0,7', 'f3: -1,0,1'],
    ['Relu', 'f3: -2,0,7', 'f3: 0,0,7'],
    ['Sigmoid', 'f2: 0,1', 'f2: 0.5,0.73106'],
    ['Reciprocal', 'f2: 2,4', 'f2: 0.5,0.25'],
    ['Round', 'f6: 0.5,1.5,2.5,-0.5,-1.5,1.2', 'f6: 0,2,2,0,-2,1'],
    ['Abs', '1: -2147483648', '1: 2147483647'],
    ['Identity', '2: 1,2', '2: 1,2'],
  ])('%s of %s is %s', (op, x, answer) => {
    expect(run(op, [x])).toBe(answer);
  });

  it.each([
    [9, 'f3: 0,0.5,-2', '3: 0,1,1'],
    [7, 'f4: 1.7,-1.7,3e9,-3e9', '4: 1,-1,2147483647,-2147483648'],
    [1, '2: 1,2', 'f2: 1,2'],
  ])('is cast to type %i: %s to %s', (to, x, answer) => {
    expect(run('Cast', [x], { to })).toBe(answer);
  });

  it('lies between its bounds, which are inputs or attributes', () => {
    expect(run('Clip', ['3: 1,5,9', ': 2', ': 6'])).toBe('3: 2,5,6');
    expect(run('Clip', ['3: 1,5,9'], { min: 2, max: 6 })).toBe('3: 2,5,6');
    expect(run('Clip', ['3: 1,5,9', '', ': 6'])).toBe('3: 1,5,6');
  });
});

describe('a known shape', () => {
  const six = '2x3: 1,2,3,4,5,6';

  it.each([
    ['Reshape', ['2: 3,-1'], {}, '3x2: 1,2,3,4,5,6'],
    ['Reshape', ['3: 0,1,3'], {}, '2x1x3: 1,2,3,4,5,6'],
    ['Flatten', [], {}, '2x3: 1,2,3,4,5,6'],
    ['Flatten', [], { axis: 0 }, '1x6: 1,2,3,4,5,6'],
    ['Flatten', [], { axis: -1 }, '2x3: 1,2,3,4,5,6'],
    ['Transpose', [], {}, '3x2: 1,4,2,5,3,6'],
    ['Transpose', [], { perm: [0, 1] }, '2x3: 1,2,3,4,5,6'],
    ['Unsqueeze', ['2: 0,-1'], {}, '1x2x3x1: 1,2,3,4,5,6'],
    ['Unsqueeze', [], { axes: [1] }, '2x1x3: 1,2,3,4,5,6'],
    ['Tile', ['2: 2,1'], {}, '4x3: 1,2,3,4,5,6,1,2,3,4,5,6'],
    ['Tile', ['2: 1,2'], {}, '2x6: 1,2,3,1,2,3,4,5,6,4,5,6'],
    ['Gather', [': 1'], { axis: 1 }, '2: 2,5'],
    ['Gather', ['2: -1,0'], { axis: -1 }, '2x2: 3,1,6,4'],
    ['Gather', ['1x1: 1'], {}, '1x1x3: 4,5,6'],
    ['Slice', ['1: 1', '1: 9', '1: 1'], {}, '2x2: 2,3,5,6'],
    ['Slice', ['1: -1', '1: -9', '1: -1', '1: -2'], {}, '2x2: 3,1,6,4'],
    ['Slice', ['2: 1,0', '2: 2,2'], {}, '1x2: 4,5'],
    ['Concat', ['2x1: 7,8'], { axis: 1 }, '2x4: 1,2,3,7,4,5,6,8'],
    ['Concat', ['1x3: 7,8,9'], { axis: -2 }, '3x3: 1,2,3,4,5,6,7,8,9'],
    ['ReduceSum', ['1: 1'], {}, '2x1: 6,15'],
    ['ReduceSum', ['1: -2'], { keepdims: 0 }, '3: 5,7,9'],
    ['ReduceProd', [], { keepdims: 0 }, ': 720'],
    ['ReduceMax', [], { axes: [1] }, '2x1: 3,6'],
    ['ReduceMin', [], { axes: [0] }, '1x3: 1,2,3'],
    ['ReduceMean', ['1: 1'], { keepdims: 0 }, '2: 2,5'],
    ['ReduceSum', [], { noop_with_empty_axes: 1 }, '2x3: 1,2,3,4,5,6'],
    ['ReduceSum', [], { noop_with_empty_axes: 0 }, '1x1: 21'],
  ])('%s by %j and %j', (op, others, attributes, answer) => {
    expect(run(op, [six, ...others], attributes)).toBe(answer);
  });

  it('is that of older opsets', () => {
    expect(run('Slice', [six], { starts: [1], ends: [3], axes: [1] }, 9)).toBe('2x2: 2,3,5,6');
    expect(run('Reshape', [six, '2: 0,3'], { allowzero: 1 }, 13)).toBe(six);
    expect(() => run('Reshape', [six, '2: 0,3'], { allowzero: 1 }, 14)).toThrow('cannot take the shape [0,3]');
    expect(run('Reshape', [six], { shape: [6] }, 1)).toBe('6: 1,2,3,4,5,6');
  });

  it.each([
    ['Transpose', [], { perm: [0, 0] }, 'is no order of 2 axes'],
    ['Transpose', [], { perm: [0] }, 'is no order of 2 axes'],
    ['Unsqueeze', ['2: 0,0'], {}, 'name one of them twice'],
    ['Squeeze', ['1: 0'], {}, 'has more than one place'],
    ['Gather', [': 2'], {}, 'index 2 is outside an axis of 2'],
    ['Gather', [': -3'], {}, 'index -3 is outside an axis of 2'],
    ['Slice', ['1: 0', '1: 2', '1: 0', '1: 0'], {}, 'makes no sense'],
    ['Slice', ['2: 0,0', '1: 2'], {}, 'makes no sense'],
    ['Concat', ['2x1: 7,8'], {}, 'unlike shapes'],
    ['Reshape', ['2: -1,-1'], {}, 'cannot take the shape [-1,-1]'],
    ['Reshape', ['2: -2,-3'], {}, 'cannot take the shape [-2,-3]'],
    ['Reshape', ['2: 4,-1'], {}, 'cannot take the shape [4,-1]'],
  ])('%s by %j and %j is refused', (op, others, attributes, complaint) => {
    expect(() => run(op, [six, ...others], attributes)).toThrow(complaint);
  });

  it('loses axes of one place', () => {
    expect(run('Squeeze', ['1x2x1: 1,2'])).toBe('2: 1,2');
    expect(run('Squeeze', ['1x2x1: 1,2', '1: -1'])).toBe('1x2: 1,2');
    expect(run('Squeeze', ['1x2x1: 1,2'], { axes: [0] })).toBe('2x1: 1,2');
  });

  it('becomes that of another', () => {
    expect(run('Expand', ['2x1: 1,2', '2: 1,3'])).toBe('2x3: 1,1,1,2,2,2');
    expect(run('Expand', ['f: 1', '1: 2'])).toBe('f2: 1,1');
    expect(run('Expand', ['2: 1,2', '2: 2,2'])).toBe('2x2: 1,2,1,2');
  });

  it('is out of all proportion to what it is made of', () => {
    expect(() => run('Expand', ['1: 1', `1: ${2 ** 22 + 2}`])).toThrow('out of all proportion');
  });
});

describe('values that are chosen', () => {
  it('come from one side or the other, shapes broadcast', () => {
    expect(run('Where', ['2x1: 0,1', '2: 1,2', '1: 9'])).toBe('2x2: 9,9,1,2');
    expect(run('Where', ['2: 1,0', 'f2: 1,2', '2: 3,4'])).toBe('f2: 1,4');
    expect(run('Where', ['1: 1', '1: 1', ''])).toBeUndefined();
  });

  it('count up or down', () => {
    expect(run('Range', [': 1', ': 6', ': 2'])).toBe('3: 1,3,5');
    expect(run('Range', [': 3', ': 0', ': -1'])).toBe('3: 3,2,1');
    expect(run('Range', ['f: 0', 'f: 1', 'f: 0.5'])).toBe('f2: 0,0.5');
    expect(run('Range', [': 3', ': 0', ': 1'])).toBe('0: ');
  });

  it('replace others at their places', () => {
    expect(run('ScatterND', ['4: 1,2,3,4', '2x1: 3,-4', '2: 9,8'])).toBe('4: 8,2,3,9');
    expect(run('ScatterND', ['2x2: 1,2,3,4', '1x1: 1', '1x2: 8,9'])).toBe('2x2: 1,2,8,9');
    expect(run('ScatterND', ['2x2: 1,2,3,4', '1x2: 1,0', '1: 9'])).toBe('2x2: 1,2,9,4');
    expect(run('ScatterND', ['4: 1,2,3,4', '1x1: 3', '1: 9'], { reduction: 'add' })).toBeUndefined();
  });

  it.each([
    ['4: 1,2,3,4', '1x1: 4', '1: 9', 'index 4 is outside an axis of 4'],
    ['4: 1,2,3,4', '1x2: 1,1', '1: 9', 'do not fit a tensor of [4]'],
    ['4: 1,2,3,4', '2x1: 1,2', '1: 9', 'do not fit a tensor of [4]'],
    ['4: 1,2,3,4', ': 1', '1: 9', 'do not fit a tensor of [4]'],
  ])('do not replace in %s at %s by %s', (x, indices, updates, complaint) => {
    expect(() => run('ScatterND', [x, indices, updates])).toThrow(complaint);
  });
});

it('knows which operators it evaluates', () => {
  expect(['Add', 'Not', 'ReduceMean', 'Slice'].every(isEvaluated)).toBe(true);
  expect(isEvaluated('Conv')).toBe(false);
});
