import type { TopLevelSpec } from 'vega-lite';
import { renderChart } from '../chart/render-chart.ts';
import { type EvaluatedPhoto, type Evaluation, isRight } from './evaluate-results.ts';

const small = { width: 320, height: 260 };
const firstColour = '#584bd0';
const secondColour = '#d0824b';
const shareAxis = { format: '.0%' };

/** The pictures of a model card by file name, as SVG text; the same results give the same text. */
export async function drawEvaluation(
  evaluation: Evaluation,
  labels: readonly string[],
  photos: readonly EvaluatedPhoto[],
  others: readonly EvaluatedPhoto[],
): Promise<Readonly<Record<string, string>>> {
  const specifications: Record<string, TopLevelSpec> = {
    'accuracy.svg': accuracyChart(evaluation),
    'confusion.svg': confusionChart(evaluation, labels),
    'reliability.svg': reliabilityChart(evaluation),
    'coverage.svg': coverageChart(photos),
    ...(evaluation.unfamiliar && { 'unfamiliar.svg': unfamiliarChart(photos, others) }),
  };
  const pictures: Record<string, string> = {};
  for (const [name, specification] of Object.entries(specifications)) pictures[name] = await renderChart(specification);
  return pictures;
}

function accuracyChart({ labels }: Evaluation): TopLevelSpec {
  return {
    ...small,
    title: 'Photos of each kind that get their label, with 95 % intervals',
    data: { values: labels.map(({ label, recall }) => ({ label, ...recall })) },
    encoding: { y: { field: 'label', type: 'nominal', sort: null, title: null } },
    layer: [
      {
        mark: { type: 'rule', color: firstColour, strokeWidth: 2 },
        encoding: {
          x: { field: 'low', type: 'quantitative', scale: { domain: [0, 1] }, axis: shareAxis, title: 'right' },
          x2: { field: 'high' },
        },
      },
      {
        mark: { type: 'point', filled: true, size: 70, opacity: 1, color: firstColour },
        encoding: { x: { field: 'share', type: 'quantitative' } },
      },
    ],
  };
}

function confusionChart({ confusion }: Evaluation, labels: readonly string[]): TopLevelSpec {
  const cells = confusion.flatMap((row, shown) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, said) => ({
      shown: labels[shown],
      said: labels[said],
      count,
      share: total === 0 ? 0 : count / total,
    }));
  });
  return {
    width: 34 * labels.length,
    height: 26 * labels.length,
    title: 'What the photos show, and what the model said',
    data: { values: cells },
    encoding: {
      x: { field: 'said', type: 'nominal', sort: null, title: 'said' },
      y: { field: 'shown', type: 'nominal', sort: null, title: 'shown' },
    },
    layer: [
      {
        mark: { type: 'rect' },
        encoding: {
          color: {
            field: 'share',
            type: 'quantitative',
            scale: { range: ['#ffffff', firstColour], domain: [0, 1], interpolate: 'rgb' },
            legend: null,
          },
        },
      },
      {
        transform: [{ filter: 'datum.count > 0' }],
        mark: { type: 'text' },
        encoding: {
          text: { field: 'count', type: 'quantitative' },
          color: { condition: { test: 'datum.share > 0.5', value: '#ffffff' }, value: '#3d3a52' },
        },
      },
    ],
  };
}

function reliabilityChart({ calibration }: Evaluation): TopLevelSpec {
  const share = { type: 'quantitative' as const, scale: { domain: [0, 1] }, axis: shareAxis };
  return {
    ...small,
    title: 'How often answers are right, against how probable they say they are',
    layer: [
      {
        data: { values: [0, 1].map((share) => ({ said: share, right: share })) },
        mark: { type: 'line', color: '#dddbe9' },
        encoding: { x: { field: 'said', type: 'quantitative' }, y: { field: 'right', type: 'quantitative' } },
      },
      {
        data: { values: calibration.bins.map((bin) => ({ said: bin.meanProbability, right: bin.accuracy })) },
        mark: { type: 'line', point: true, color: firstColour },
        encoding: {
          x: { ...share, field: 'said', title: 'mean probability of a tenth of the photos' },
          y: { ...share, field: 'right', title: 'right' },
        },
      },
    ],
  };
}

function coverageChart(photos: readonly EvaluatedPhoto[]): TopLevelSpec {
  let right = 0;
  const sorted = photos.toSorted((one, other) => other.probability - one.probability);
  const curve = sorted.map((photo, index) => {
    right += isRight(photo) ? 1 : 0;
    return { coverage: (index + 1) / sorted.length, right: right / (index + 1) };
  });
  const lowest = Math.floor(Math.min(...curve.map((point) => point.right)) * 10) / 10;
  return {
    ...small,
    title: 'How often the surest answers are right',
    data: { values: curve },
    mark: { type: 'line', color: firstColour },
    encoding: {
      x: { field: 'coverage', type: 'quantitative', axis: shareAxis, title: 'share of the photos, the surest first' },
      y: { field: 'right', type: 'quantitative', axis: shareAxis, scale: { domain: [lowest, 1] }, title: 'right' },
    },
  };
}

function unfamiliarChart(photos: readonly EvaluatedPhoto[], others: readonly EvaluatedPhoto[]): TopLevelSpec {
  const toPoints = (some: readonly EvaluatedPhoto[], kind: string) =>
    some.map(({ unfamiliarity }) => ({ score: unfamiliarity, kind, weight: 1 / some.length }));
  return {
    ...small,
    title: 'How strange photos look to the model',
    data: { values: [...toPoints(photos, 'of its kinds'), ...toPoints(others, 'of other things')] },
    mark: { type: 'bar', opacity: 0.7 },
    encoding: {
      x: { field: 'score', type: 'quantitative', bin: { maxbins: 40 }, title: 'score of unfamiliar' },
      y: {
        aggregate: 'sum',
        field: 'weight',
        type: 'quantitative',
        stack: null,
        axis: shareAxis,
        title: 'share of the photos',
      },
      color: { field: 'kind', type: 'nominal', title: null, scale: { range: [firstColour, secondColour] } },
    },
  };
}
