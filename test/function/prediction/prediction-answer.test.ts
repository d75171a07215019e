import { expect, it } from 'vitest';
import type { Prediction } from '../../../function/prediction/predict.ts';
import { toCourseAnswer } from '../../../function/prediction/prediction-answer.ts';

it.each([
  [0.499, false],
  [0.5, true],
  [0.501, true],
])('answers the course for a second label of probability %d that it is the likelier: %s', (probability, isLikelier) => {
  const probabilities = Float32Array.of(1 - probability, probability);
  const prediction = { labels: ['curly', 'straight'], classification: { probabilities } } as unknown as Prediction;

  const { statusCode, body } = toCourseAnswer(prediction);

  expect(statusCode).toBe(200);
  expect(JSON.parse(body)).toEqual({ straight_probability: expect.closeTo(probability, 6), straight: isLikelier });
});
