import { escapeFormula } from '../../files/write-csv-row.ts';
import type { PhotoReference } from '../../function/batch/photo-reference.ts';
import { print, printData, printError, printRows, redrawLine } from '../terminal/print.ts';
import { createProgressBar } from '../terminal/progress-bar.ts';
import { showName } from '../terminal/show-controls.ts';
import { type Printable, styled, toPlainText } from '../terminal/styled-text.ts';
import { type ClassifyFilesOptions, classifyFiles } from './classify-files.ts';
import { type FormatName, formats } from './formats.ts';
import type { FileResult } from './messages.ts';
import { checkHeading, readEarlierFiles } from './read-earlier-files.ts';
import { openResultFile } from './result-file.ts';
import { ResultSummary } from './summarise-results.ts';

export interface WriteResultsOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where the files are photos in S3: which. */
  readonly objects?: ReadonlyMap<string, PhotoReference>;
  /** The deployed service that is asked, instead of the model here. */
  readonly url?: string | undefined;
  readonly explain: boolean;
  readonly thumbnails: boolean;
  readonly standardInput: Uint8Array | undefined;
  readonly workers: number;
  readonly format: FormatName;
  readonly top: number;
  /** Standard output where it is undefined. */
  readonly out: string | undefined;
  readonly resume: boolean;
  /** Whether the file of `out` is replaced. */
  readonly force: boolean;
  /** Called with each result once it is written, in the files' order. */
  readonly onWritten?: (result: FileResult) => void;
  /** Whether CSV has fields that a spreadsheet would run as they are. */
  readonly raw: boolean;
}

/** As a shell has it: 128 and the signal's number. */
const exitCodeOfInterrupt = 130;

/** Classifies files and writes each one's result as soon as those before it are written. Returns how many failed. */
export async function writeResults(files: readonly string[], options: WriteResultsOptions): Promise<number> {
  const { out, resume, force, top, raw } = options;
  const format = formats[options.format];
  const target = out === undefined ? undefined : openResultFile(out, { resume, force });
  const earlier = target?.earlier ?? '';
  const show = options.format === 'table' ? printRows : printData;
  const write = (text: Printable) => (target === undefined ? show(text) : target.write(toPlainText(text)));
  // Results that scroll by on the same terminal are progress enough.
  const showProgress = out === undefined && process.stdout.isTTY ? () => undefined : createProgressBar('Classifying');
  const summary = new ResultSummary();
  let told = 0;
  let columns: readonly string[] = [];
  const stop = () => {
    target?.close();
    redrawLine('');
    printError(
      `Stopped after ${told} of ${files.length} photos.${out === undefined || (told === 0 && earlier === '') ? '' : goOn(out)}`,
    );
    process.exit(exitCodeOfInterrupt);
  };
  process.once('SIGINT', stop);
  try {
    const done = readEarlierFiles(earlier, options.format, out ?? '');
    const nameOf = (file: string) => (options.format === 'csv' && !raw ? escapeFormula(file) : file);
    const left = files.filter((file) => !done.has(nameOf(file)));
    showProgress(0, left.length);
    const steps: Pick<ClassifyFilesOptions, 'onLabels' | 'onResult'> = {
      onLabels: (labels) => {
        columns = labels;
        const heading = format.heading(labels, { raw });
        if (earlier !== '') checkHeading(earlier, heading, out ?? '');
        else if (target === undefined) show(heading);
        else target.begin(heading);
      },
      onResult: (result, index) => {
        // What may pass is left out, so that --resume comes back to it.
        if (!('error' in result && result.isPassing)) write(format.row(result, { top, labels: columns, raw }));
        told++;
        summary.add(result);
        options.onWritten?.(result);
        showProgress(index + 1, left.length);
        if (!('error' in result)) return;
        redrawLine('');
        if (options.format !== 'jsonl' || out !== undefined) {
          printError([styled('red', showName(result.file), '✗'), `: ${result.error.message} ${result.error.hint}`]);
        }
      },
    };
    const { objects, url } = options;
    if (url !== undefined) {
      await (await import('./classify-by-service.ts')).classifyByService(left, { ...options, url, ...steps });
    } else if (objects === undefined) await classifyFiles(left, { ...options, ...steps });
    else await (await import('./classify-objects.ts')).classifyObjects(left, { ...options, objects, ...steps });
    if (out !== undefined) {
      const before = files.length - left.length;
      print([`${showName(out)}: `, ...summary.describe(), before === 0 ? '' : `; ${before} were there`]);
    } else if (files.length > 1 && (options.format === 'table' || process.stderr.isTTY)) {
      // Not among the results: what reads them would take it for one.
      printError(summary.describe());
    }
  } finally {
    process.off('SIGINT', stop);
    target?.close();
  }
  return summary.failed;
}

function goOn(out: string): string {
  return ` Their results are in ${showName(out)}: go on by the same line with --resume.`;
}
