import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { addRecord } from '../../training/add-record.ts';

it('puts what a training wrote of itself before what the card says, its own accuracy left out', () => {
  const folder = mkdtempSync(join(tmpdir(), 'add-record-'));
  const [card, record] = [join(folder, 'card.json'), join(folder, 'record.json')];
  writeFileSync(card, JSON.stringify({ name: 'mine', trained: { importedWith: 'x', recipe: 'of the card' } }));
  writeFileSync(
    record,
    JSON.stringify({ architecture: 'a', initialWeights: 'b', data: 'c', recipe: 'd', accuracy: 1 }),
  );

  addRecord(card, record);

  expect(JSON.parse(readFileSync(card, 'utf8'))).toEqual({
    name: 'mine',
    trained: { architecture: 'a', initialWeights: 'b', data: 'c', recipe: 'of the card', importedWith: 'x' },
  });
  rmSync(folder, { recursive: true });
});
