import type { Setting } from '../../facts/setting.ts';
import { stackSettings } from '../../facts/stack-settings.ts';
import { plainSettings } from '../../infra/settings.ts';

/** The arguments of the component for other languages: the stack's settings, in types that Pulumi infers a schema from. */
export function drawComponentArgs(): string {
  return `// Made from the table of settings: npm run docs:tables
import type { Input } from '@pulumi/pulumi';

/** Every setting may be left out for its default. */
export interface LambdaLensArgs {
${Object.entries(stackSettings).map(drawArgument).join('\n')}
}
`;
}

function drawArgument([name, row]: readonly [string, Setting]): string {
  const type = typeOf(row);
  const isPlain = name === 'imageUri' || plainSettings.some((plain) => plain === name);
  const sentence = row.sentence.replace(/^./, (first) => first.toUpperCase());
  const unit = row.unit === undefined ? '' : `, in ${row.unit}`;
  // Without that space a path such as bucket/* would end the comment.
  const comment = `${sentence} (${row.allowed}${unit}).`.replaceAll('*/', '* /');
  return `  /** ${comment} */\n  readonly ${name}?: ${isPlain ? type : `Input<${type}>`};`;
}

function typeOf(row: Setting): string {
  if (Array.isArray(row.default)) return 'string[]';
  if (typeof row.default === 'object') return 'Record<string, string>';
  if ('minimum' in row) return 'number';
  return row.default === undefined ? 'string' : typeof row.default;
}
