import { describe, expect, it } from 'vitest';
import { choices } from '../../../importer/tflite/choices.ts';
import { elementwise } from '../../../importer/tflite/elementwise.ts';
import { convertOperation, counted, tensor } from './convert-operation.ts';

const x = tensor(1, 4);

function convert(name: string, inputs = [x], options?: Record<number, number | boolean>): string {
  return convertOperation({ ...elementwise, ...choices }, name, inputs, options && { options });
}

describe('an operation on two tensors', () => {
  it.each([
    ['ADD', 0, 'AddV2[1,4](x, x)'],
    ['ADD', 1, 'Relu[1,4](AddV2[1,4](x, x))'],
    ['SUB', 2, 'ClipByValue[1,4](Sub[1,4](x, x), {-1}, {1})'],
    ['MUL', 3, 'Relu6[1,4](Mul[1,4](x, x))'],
    ['DIV', 4, 'Tanh[1,4](RealDiv[1,4](x, x))'],
  ])('has its activation with it: %s, activation %i', (name, activation, shown) => {
    expect(convert(name, [x, x], { 0: activation })).toBe(shown);
  });

  it('has no activation where it has no options, and none that the schema names beyond these', () => {
    expect(convert('ADD', [x, x])).toBe('AddV2[1,4](x, x)');
    expect(() => convert('ADD', [x, x], { 0: 5 })).toThrow('its activation is number 5 of the schema');
  });

  it('is repeated for more of them', () => {
    expect(convert('ADD_N', [x, tensor(3, 1), tensor(1)])).toBe('AddV2[3,4](AddV2[3,4](x, x), x)');
  });

  it.each([
    ['LOGICAL_AND', 'LogicalAnd[3,4](x, x)'],
    ['LESS_EQUAL', 'LessEqual[3,4](x, x)'],
    ['SQUARED_DIFFERENCE', 'SquaredDifference[3,4](x, x)'],
  ])('broadcasts their shapes: %s', (name, shown) => {
    expect(convert(name, [x, tensor(3, 1)])).toBe(shown);
  });

  it('needs both', () => {
    expect(() => convert('MAXIMUM')).toThrow('MAXIMUM at model lacks its input 1.');
  });
});

describe('an operation on each value', () => {
  it.each([
    ['LOGICAL_NOT', 'LogicalNot[1,4](x)'],
    ['LOGISTIC', 'Sigmoid[1,4](x)'],
    ['RELU_N1_TO_1', 'ClipByValue[1,4](x, {-1}, {1})'],
    ['RELU_0_TO_1', 'ClipByValue[1,4](x, {0}, {1})'],
    ['HARD_SWISH', 'Mul[1,4](x, Mul[1,4](Relu6[1,4](AddV2[1,4](x, {3})), {0.166667}))'],
    ['SOFTMAX', 'Softmax[1,4](x)'],
    ['GELU', 'Mul[1,4](Mul[1,4](x, AddV2[1,4](Erf[1,4](Mul[1,4](x, {0.707107})), {1})), {0.5})'],
    ['LEAKY_RELU', 'LeakyRelu[1,4] alpha=0(x)'],
    ['DEQUANTIZE', 'x'],
  ])('%s is %s', (name, shown) => {
    expect(convert(name)).toBe(shown);
  });

  it('has options of its own', () => {
    expect(convert('LEAKY_RELU', [x], { 0: 0.25 })).toBe('LeakyRelu[1,4] alpha=0.25(x)');
    expect(convert('SOFTMAX', [x], { 0: 2 })).toBe('Softmax[1,4](Mul[1,4](x, {2}))');
    expect(convert('SOFTMAX', [x], {})).toBe('Softmax[1,4](x)');
  });

  it('approximates where it is asked to', () => {
    const cube = 'Mul[1,4](Mul[1,4](Square[1,4](x), x), {0.044715})';
    const tanh = `Tanh[1,4](Mul[1,4](AddV2[1,4](x, ${cube}), {0.797885}))`;

    expect(convert('GELU', [x], { 0: true })).toBe(`Mul[1,4](Mul[1,4](x, {0.5}), AddV2[1,4](${tanh}, {1}))`);
  });

  it('has a slope for each channel', () => {
    expect(convert('PRELU', [x, counted(4)])).toBe(
      'AddV2[1,4](Relu[1,4](x), Mul[1,4](Minimum[1,4](x, {0}), {1 2 3 4}))',
    );
  });

  it('divides by the length of all, which is never 0', () => {
    expect(convert('L2_NORMALIZATION')).toBe(
      'RealDiv[1,4](x, Maximum[1,1](Sqrt[1,1](Sum[1,1] keep_dims=true(Square[1,4](x), {1})), {0.000001}))',
    );
  });

  it('chooses', () => {
    expect(convert('SELECT_V2', [x, tensor(2, 1), tensor(3, 1, 1)])).toBe('SelectV2[3,2,4](x, x, x)');
  });
});
