import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nameOutputs } from '../../../importer/graph/name-outputs.ts';
import { optimiseGraph } from '../../../importer/graph/optimise-graph.ts';
import { readModel } from '../../../importer/read-model.ts';
import { drawInput } from '../run-graph.ts';

/** A small model of one operator or chain, and what onnxruntime answered. */
export interface OperatorCase {
  readonly name: string;
  readonly opset: number;
  readonly model: string;
  readonly seed: number;
  readonly answer: string;
  /** Where the file itself rounds on the way, which the importer does not. */
  readonly tolerance?: number;
  /** Weights that the file names as weights.bin beside it. */
  readonly data?: string;
}

export const operatorCases: readonly OperatorCase[] = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/import/onnx/operators.json'), 'utf8'),
);

export async function openOperatorCase({ name, model, seed, answer, data }: OperatorCase) {
  const folder = mkdtempSync(join(tmpdir(), 'onnx-operators-'));
  const file = join(folder, `${name.replaceAll(/\W/g, '-')}.onnx`);
  try {
    if (data !== undefined) writeFileSync(join(folder, 'weights.bin'), Buffer.from(data, 'base64'));
    writeFileSync(file, Buffer.from(model, 'base64'));
    const { input, score } = await readModel(file, {});
    const expected = new Float32Array(new Uint8Array(Buffer.from(answer, 'base64')).buffer);
    return {
      graph: optimiseGraph(nameOutputs(input, score)),
      input: drawInput(input.shape, seed),
      expected: [...expected],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
