import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { assets } from '../../function/bundling/assets.ts';
import { installDirectory } from '../../importer/install-directory.ts';
import type { Card } from '../../model/card/card.ts';
import { load } from '../../model/classifier.ts';
import { writeModel } from '../../training/body/write-model.ts';
import { countByLabel, type Trained, train } from '../../training/train.ts';
import { createProgressBar } from '../terminal/progress-bar.ts';
import { compareTrainings, type TrainingComparison } from './compare-trainings.ts';
import { summariseTraining, type TrainingSummary } from './summarise-training.ts';
import { readTrainingRecord, recordName, type TrainingRecord } from './training-record.ts';
import { writeReport } from './write-report.ts';

export interface TrainingRun {
  readonly photos: string;
  readonly others: string | undefined;
  readonly body: string;
  readonly name: string;
  readonly seed: number;
  readonly workers: number;
  /** The model directory to write; what lies there is replaced. */
  readonly out: string;
  /** Whether it is replaced by a model that is worse, too. */
  readonly force: boolean;
}

export interface TrainingResult {
  readonly trained: Trained;
  readonly summary: TrainingSummary;
  /** Left out where the model before was not trained here, or there was none. */
  readonly comparison: TrainingComparison | 'damaged' | undefined;
  /** Undefined where a better model is there, which was kept. */
  readonly written: WrittenModel | undefined;
}

export interface WrittenModel {
  readonly card: Card;
  /** As answers show it. */
  readonly version: string;
}

export const reportName = 'report.html';

/**
 * Trains and writes a model directory with its report; the directory is whole, or as it was. One that was trained before stays
 * where the new model is worse on the photos that both were measured on.
 */
export async function runTraining(run: TrainingRun): Promise<TrainingResult> {
  const bars = new Map<string, ReturnType<typeof createProgressBar>>();
  return await train(
    {
      photos: run.photos,
      others: run.others,
      body: run.body,
      cache: cacheDirectory(process.env),
      engine: assets,
      threads: run.workers,
      seed: run.seed,
      onProgress: (stage, done, total) => {
        const bar = bars.get(stage) ?? createProgressBar(stage);
        bars.set(stage, bar);
        bar(done, total);
      },
    },
    async (trained) => {
      const summary = summariseTraining(trained);
      const record = describeRecord(trained, summary, run);
      const before = readTrainingRecord(run.out);
      const comparison = typeof before === 'object' ? compareTrainings(before, record.photos) : before;
      const isWorse = typeof comparison === 'object' && comparison.verdict === 'worse';
      if (isWorse && !run.force) return { trained, summary, comparison, written: undefined };
      const written = await installDirectory(run.out, async (staging) => {
        const { body, learned, labels, calibration } = trained;
        const card = await writeModel(staging, {
          graph: body.file,
          head: learned.head,
          card: {
            name: run.name,
            labels,
            input: body.input,
            output: 'logits',
            ...(calibration && { calibration }),
            trained: describeTrained(trained, run),
            metrics: { crossValidation: describeMetrics(summary) },
          },
        });
        await writeFile(
          join(staging, reportName),
          await writeReport(run.name, trained, summary, run.photos, comparison),
        );
        await writeFile(join(staging, recordName), `${JSON.stringify(record)}\n`);
        const classifier = await load(staging, assets);
        classifier.dispose();
        return { card, version: classifier.version };
      });
      return { trained, summary, comparison, written };
    },
  );
}

/** Where systems want to have what can be made again. */
function cacheDirectory({ XDG_CACHE_HOME, LOCALAPPDATA }: NodeJS.ProcessEnv): string {
  return join(XDG_CACHE_HOME || LOCALAPPDATA || join(homedir(), '.cache'), 'lambda-lens', 'features');
}

function describeTrained({ body, learned, labels }: Trained, { seed }: TrainingRun): Record<string, unknown> {
  return {
    with: 'lambda-lens train',
    body: body.name,
    bodyVersion: body.version,
    photos: Object.fromEntries(countByLabel(labels, learned.photos)),
    head: learned.recipe,
    folds: learned.folds,
    seed,
  };
}

function describeMetrics({ evaluation }: TrainingSummary): Record<string, unknown> {
  const { accuracy, confident, uncalibrated } = evaluation;
  return {
    photos: accuracy.photos,
    accuracy: round(accuracy.share),
    low: round(accuracy.low),
    high: round(accuracy.high),
    ...(uncalibrated === 0 && {
      confidentCoverage: round(confident.coverage.share),
      ...(confident.right.photos > 0 && { confidentRight: round(confident.right.share) }),
    }),
  };
}

function describeRecord(
  { learned, labels, body }: Trained,
  { photos }: TrainingSummary,
  { seed, photos: directory, others }: TrainingRun,
): TrainingRecord {
  return {
    directory: resolve(directory),
    ...(others !== undefined && { others: resolve(others) }),
    body: body.version,
    seed,
    labels,
    photos: learned.photos.map(({ path, hash }, row) => ({
      path: resolve(path),
      hash,
      label: photos[row]?.label ?? '',
      predicted: photos[row]?.predicted ?? '',
      probability: round(photos[row]?.probability ?? 0),
    })),
  };
}

/** To four decimals. */
function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
