import { writeFile } from 'node:fs/promises';
import { wireService } from '../../function/wire.ts';
import { CliError } from '../cli-error.ts';
import { print } from '../terminal/print.ts';
import { showName } from '../terminal/show-controls.ts';
import { classifyFile } from './classify-file.ts';
import { drawHeat } from './draw-heat.ts';
import { loadPhoto } from './load-photo.ts';
import type { WorkerSettings } from './messages.ts';

/**
 * Draws over one photo where the evidence for its label lies, into a PNG.
 * @throws CliError for more photos than one, and for one that has no answer
 */
export async function explainPhoto(
  files: readonly string[],
  out: string,
  { environment, standardInput }: Pick<WorkerSettings, 'environment' | 'standardInput'>,
): Promise<void> {
  const [file = ''] = files;
  if (files.length !== 1) {
    throw new CliError(
      `A picture explains one photo, not ${files.length}.`,
      'Give one, or --json for the grids of all.',
    );
  }
  const { collaborators } = wireService(environment);
  const classifier = await collaborators.classifier();
  const { fetchPhoto } = collaborators;
  try {
    const result = await classifyFile(collaborators, file, { explain: true, thumbnails: false, standardInput });
    if ('error' in result) throw new CliError(`${file}: ${result.error.message}`, result.error.hint);
    const { explanation, label, probability } = result.answer;
    if (explanation === undefined) throw new Error('An explained answer has no explanation.');
    const bytes = await loadPhoto(file, { fetchPhoto, standardInput, signal: new AbortController().signal });
    await writeFile(out, await drawHeat(bytes, explanation, classifier.card.input));
    const percent = `${(probability * 100).toFixed(1)} %`;
    print(`${showName(out)}: what speaks for ${showName(label)} (${percent}) in ${showName(file)}`);
  } finally {
    classifier.dispose();
  }
}
