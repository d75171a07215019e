import { expect, it } from 'vitest';
import { chooseOutput } from '../../../importer/onnx/choose-output.ts';
import type { OnnxModel, OnnxNode } from '../../../importer/onnx/onnx-model.ts';

const nodes = [{ outputs: ['between', 'side'] }, { outputs: ['y'] }] as unknown as readonly OnnxNode[];
const modelOf = (...names: readonly string[]) =>
  ({ graph: { outputs: names.map((name) => ({ name })) } }) as unknown as OnnxModel;

it.each([
  ['the only one', ['y'], undefined, 'y'],
  ['the one asked for', ['y', 'z'], 'z', 'z'],
  ['a value on the way', ['y'], 'side', 'side'],
])('chooses %s', (_what, names, output, chosen) => {
  expect(chooseOutput(modelOf(...names), nodes, { ...(output && { output }) })).toBe(chosen);
});

it.each([
  ['none', [], undefined, 'The model has 0 outputs: .'],
  ['several', ['y', 'z'], undefined, 'The model has 2 outputs: "y", "z".'],
  ['no such one', ['y'], 'x', 'The model has no output "x"; it has "y".'],
])('refuses %s', (_what, names, output, complaint) => {
  expect(() => chooseOutput(modelOf(...names), nodes, { ...(output && { output }) })).toThrow(complaint);
});

it('lists a dozen at most', () => {
  const names = Array.from({ length: 14 }, (_, at) => `y${at}`);

  expect(() => chooseOutput(modelOf(...names), nodes, {})).toThrow(/"y11"\.$/);
});
