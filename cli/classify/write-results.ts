import { createProgressBar } from '../progress-bar.ts';
import { classifyFiles } from './classify-files.ts';
import { type FormatName, formats } from './formats.ts';
import { checkHeading, readEarlierFiles } from './read-earlier-files.ts';
import { openResultFile } from './result-file.ts';

export interface WriteResultsOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly explain: boolean;
  readonly workers: number;
  readonly format: FormatName;
  readonly top: number;
  /** Standard output where it is undefined. */
  readonly out: string | undefined;
  readonly resume: boolean;
}

/** Classifies files and writes each one's result as soon as those before it are written. Returns how many failed. */
export async function writeResults(files: readonly string[], options: WriteResultsOptions): Promise<number> {
  const { out, resume, top } = options;
  const format = formats[options.format];
  const target = out === undefined ? undefined : openResultFile(out, { resume });
  const earlier = target?.earlier ?? '';
  const write = target?.write ?? ((text: string) => void process.stdout.write(text));
  // Results that scroll by on the same terminal are progress enough.
  const showProgress = out === undefined && process.stdout.isTTY ? () => undefined : createProgressBar('Classifying');
  let failed = 0;
  let columns: readonly string[] = [];
  try {
    const done = readEarlierFiles(earlier, options.format, out ?? '');
    const left = files.filter((file) => !done.has(file));
    const startedAt = performance.now();
    showProgress(0, left.length);
    await classifyFiles(left, {
      ...options,
      onLabels: (labels) => {
        columns = labels;
        const heading = format.heading(labels);
        if (earlier === '') write(heading);
        else checkHeading(earlier, heading, out ?? '');
      },
      onResult: (result, index) => {
        write(format.row(result, { top, labels: columns }));
        showProgress(index + 1, left.length);
        if (!('error' in result)) return;
        failed++;
        if (options.format !== 'jsonl' || out !== undefined) {
          console.error(`${result.file}: ${result.error.message} ${result.error.hint}`);
        }
      },
    });
    if (out !== undefined) {
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      const before = files.length - left.length;
      const kept = before === 0 ? '' : `, ${before} were there`;
      console.log(`${out}: ${left.length - failed} photos classified in ${seconds} s, ${failed} failed${kept}`);
    }
  } finally {
    target?.close();
  }
  return failed;
}
