import { statusByCode } from '../../facts/error-codes.ts';
import { meaningByCode } from '../../facts/error-meanings.ts';
import { drawTable } from './draw-table.ts';

export function drawErrors(): string {
  const codes = Object.keys(statusByCode) as (keyof typeof statusByCode)[];
  const rows = codes.map((code) => [String(statusByCode[code]), `\`${code}\``, meaningByCode[code]]);
  return drawTable(['status', 'code', 'when'], rows);
}
