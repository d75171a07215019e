import { stat } from 'node:fs/promises';
import { CliError } from '../cli-error.ts';
import { print, printData, printError, printRows } from '../terminal/print.ts';
import { showName } from '../terminal/show-controls.ts';
import { type Printable, styled, toPlainText } from '../terminal/styled-text.ts';
import { untilStopped } from '../until-stopped.ts';
import { classifyFile } from './classify-file.ts';
import { type FormatName, formats } from './formats.ts';
import { checkHeading } from './read-earlier-files.ts';
import { openResultFile } from './result-file.ts';
import { ResultSummary } from './summarise-results.ts';
import { watchFolder } from './watch-folder.ts';

export interface WatchPhotosOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly explain: boolean;
  readonly format: FormatName;
  readonly top: number;
  /** Standard output where it is undefined. */
  readonly out: string | undefined;
  readonly resume: boolean;
  readonly force: boolean;
  readonly raw: boolean;
}

/**
 * Classifies the photos that come into a folder until it is stopped, one after another, and writes each one's result at once.
 * @throws CliError where there is no such folder
 */
export async function watchPhotos(directory: string, options: WatchPhotosOptions): Promise<void> {
  if (!(await stat(directory).catch(() => undefined))?.isDirectory()) {
    throw new CliError(`${directory} is no folder.`, 'Give the folder that photos come into.');
  }
  const { out, resume, force, top, raw, explain } = options;
  const { wireService } = await import('../../function/wire.ts');
  const { collaborators } = wireService(options.environment);
  const classifier = await collaborators.classifier();
  const { labels } = classifier.card;
  const format = formats[options.format];
  const target = out === undefined ? undefined : openResultFile(out, { resume, force });
  const show = options.format === 'table' ? printRows : printData;
  const write = (text: Printable) => (target === undefined ? show(text) : target.write(toPlainText(text)));
  const heading = format.heading(labels, { raw });
  if (target?.earlier) checkHeading(target.earlier, heading, out ?? '');
  else if (target === undefined) show(heading);
  else target.begin(heading);

  const stopped = new AbortController();
  void untilStopped().then(() => stopped.abort());
  printError(`Waiting for photos in ${showName(directory)}. Ctrl-C ends it.`);
  const summary = new ResultSummary();
  try {
    for await (const file of watchFolder(directory, { signal: stopped.signal })) {
      const result = await classifyFile(collaborators, file, { explain, thumbnails: false, standardInput: undefined });
      write(format.row(result, { top, labels, raw }));
      summary.add(result);
      if ('error' in result && (options.format !== 'jsonl' || out !== undefined)) {
        printError([styled('red', showName(file), '✗'), `: ${result.error.message} ${result.error.hint}`]);
      }
    }
  } finally {
    target?.close();
    classifier.dispose();
  }
  if (out === undefined) printError(summary.describe());
  else print([`${showName(out)}: `, ...summary.describe()]);
}
