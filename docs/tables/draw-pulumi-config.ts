import type { Setting } from '../../facts/setting.ts';
import { stackSettings } from '../../facts/stack-settings.ts';

/** The keys of Pulumi.yaml's `config`, each with what `pulumi config` shows of it. */
export function drawPulumiConfig(): string {
  return Object.entries(stackSettings).map(drawKey).join('\n');
}

function drawKey([name, row]: readonly [string, Setting]): string {
  const description = `${row.sentence.replace(/^./, (first) => first.toUpperCase())} (${row.allowed})`;
  const byDefault = row.default === undefined ? '' : row.print(row.default);
  return `  ${name}:\n    description: ${quote(description)}\n    default: ${/^[\w/-]+$/.test(byDefault) ? byDefault : quote(byDefault)}`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
