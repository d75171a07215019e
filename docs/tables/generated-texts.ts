import { drawCapacity } from '../../bench/capacity/draw-capacity.ts';
import { quoteResults, quoteTimes } from '../../bench/quote-results.ts';
import { writeOperatorTable } from '../../importer/onnx/write-operator-table.ts';
import { learnPictures } from '../pictures/learn-pictures.ts';
import { drawComponentArgs } from './draw-component-args.ts';
import { drawCosts } from './draw-costs.ts';
import { drawErrors } from './draw-errors.ts';
import { drawModelFigures } from './draw-model-figures.ts';
import { drawPulumiConfig } from './draw-pulumi-config.ts';
import { drawSettings, drawUsefulSettings } from './draw-settings.ts';
import { readCapacity, readResults } from './read-results.ts';

/** A part of a file that is made from `facts/`, the shipped model's card or what the benches measured. */
export interface GeneratedText {
  /** Its path in the project. */
  readonly file: string;
  /** What stands before and after it there; without them it is the whole file. */
  readonly between?: readonly [string, string];
  readonly draw: () => string;
}

export const generatedTexts: readonly GeneratedText[] = [
  { file: 'docs/settings.md', draw: drawSettings },
  { file: 'docs/http.md', between: marks('errors'), draw: drawErrors },
  { file: 'docs/cost.md', between: marks('costs'), draw: drawCosts },
  { file: 'docs/benchmarks.md', between: marks('bench'), draw: () => quoteResults(readResults()) },
  { file: 'docs/bulk-capacity.md', between: marks('capacity'), draw: () => drawCapacity(readCapacity()) },
  { file: 'docs/onnx.md', between: marks('operators'), draw: writeOperatorTable },
  { file: 'README.md', between: marks('settings'), draw: drawUsefulSettings },
  { file: 'README.md', between: marks('figures'), draw: drawModelFigures },
  { file: 'README.md', between: marks('times'), draw: () => quoteTimes(readResults()) },
  { file: 'packaging/component/args.ts', draw: drawComponentArgs },
  { file: 'Pulumi.yaml', between: ['config:\n', '\n'], draw: drawPulumiConfig },
  ...Object.entries(learnPictures).map(([chapter, draw]) => ({ file: `docs/learn/${chapter}.svg`, draw })),
];

/** Comments that a reader of the page doesn't see. */
function marks(name: string): readonly [string, string] {
  return [`<!-- ${name} -->\n\n`, `\n\n<!-- /${name} -->`];
}

/**
 * The text of a file with its generated part put in anew.
 * @throws Error where the marks are not there
 */
export function putIn(content: string, { file, between, draw }: GeneratedText): string {
  if (between === undefined) return draw();
  const [before, after] = between;
  const start = content.indexOf(before) + before.length;
  const end = after === '\n' ? content.length - 1 : content.indexOf(after, start - 2);
  if (start < before.length || end < 0) throw new Error(`${file} has no ${before.trim()}.`);
  return content.slice(0, start) + draw() + content.slice(end);
}
