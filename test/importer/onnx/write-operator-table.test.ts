import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeOperatorTable } from '../../../importer/onnx/write-operator-table.ts';

it('docs/onnx.md has the table of operators that the importer has', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../docs/onnx.md'), 'utf8');

  expect(text).toContain(writeOperatorTable());
});
