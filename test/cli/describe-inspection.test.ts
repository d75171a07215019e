import { expect, it } from 'vitest';
import { describeLayers } from '../../cli/describe-inspection.ts';
import { columnsOf } from '../../cli/terminal/fit-lines.ts';
import type { Inspection, LayerInspection } from '../../importer/inspect-model.ts';

const layer: LayerInspection = {
  place: 'global_average_pooling2d',
  className: 'GlobalAveragePooling2D',
  parameters: 162,
  multiplications: 3240,
  fate: 'computed',
};
const inspection = {
  layers: [layer, { ...layer, place: 're_lu', className: 'ReLU', fate: 'folded' }],
  parameters: 162,
  multiplications: 3240,
} as unknown as Inspection;

it.each([60, 120])('fits the table of layers into %i columns, cutting names with a sign', (columns) => {
  const table = describeLayers(inspection, columns);

  expect(Math.max(...table.split('\n').map(columnsOf))).toBeLessThanOrEqual(columns);
  expect(table.includes('…')).toBe(columns === 60);
  expect(table).toContain('folded');
});

it('cuts no name in a pipe', () => {
  expect(describeLayers(inspection)).toContain('global_average_pooling2d  GlobalAveragePooling2D         162');
});
