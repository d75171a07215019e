import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { type Answer, toAnswer } from '../../function/answer.ts';
import { createDeadline } from '../../function/deadline.ts';
import type { Predict } from '../../function/predict.ts';
import { describeAnswer } from '../describe-answer.ts';
import { describeFileError } from '../describe-file-error.ts';

interface ClassifyOptions {
  readonly top: number;
  readonly json?: boolean;
  readonly model?: string;
}

/** `lambda-lens classify PHOTO…`: the labels of photos on this machine, without a server. */
export function registerClassify(program: Command): void {
  program
    .command('classify')
    .description('say which label each photo has')
    .argument('<photo...>', 'JPEG, PNG or WebP files')
    .option('--top <count>', 'labels to show for each photo', parseTop, 3)
    .option('--model <directory>', 'model directory (default: MODEL_DIRECTORY, or the shipped model)')
    .option('--json', 'print one line of JSON for each photo')
    .addHelpText(
      'after',
      `
Goes on after a photo that can't be read; the exit code is then 1.

Examples:
  lambda-lens classify photo.jpg
  lambda-lens classify --json --top 10 photos/*.jpg > labels.jsonl`,
    )
    .action(runClassify);
}

async function runClassify(files: readonly string[], options: ClassifyOptions): Promise<void> {
  const model = options.model === undefined ? {} : { MODEL_DIRECTORY: resolve(options.model) };
  const { wireService } = await import('../../function/wire.ts');
  const { createPredict } = await import('../../function/predict.ts');
  const { collaborators } = wireService({ ...process.env, ...model });
  // A model that can't be loaded is one error, not one for each photo.
  const classifier = await collaborators.classifier();
  const predict = createPredict(collaborators);
  for (const file of files) {
    try {
      const answer = await classifyFile(predict, file, options.top);
      console.log(options.json ? JSON.stringify({ file, ...answer }) : describeAnswer(file, answer));
    } catch (thrown) {
      process.exitCode = 1;
      const error = describeFileError(thrown);
      if (options.json) console.log(JSON.stringify({ file, error }));
      else console.error(`${file}: ${error.message} ${error.hint}`);
    }
  }
  classifier.dispose();
}

async function classifyFile(predict: Predict, file: string, top: number): Promise<Answer> {
  const startedAt = performance.now();
  const deadline = createDeadline(Number.POSITIVE_INFINITY);
  try {
    const bytes = await readFile(file);
    const prediction = await predict({ kind: 'bytes', bytes }, { explain: false, deadline });
    return toAnswer(prediction, { top, readMs: 0, totalMs: performance.now() - startedAt, coldStart: false });
  } finally {
    deadline.release();
  }
}

function parseTop(text: string): number {
  const top = /^\d+$/.test(text) ? Number(text) : 0;
  if (top < 1) throw new InvalidArgumentError('It takes a whole number from 1.');
  return top;
}
