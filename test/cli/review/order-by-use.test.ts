import { describe, expect, it } from 'vitest';
import { orderByUse } from '../../../cli/review/order-by-use.ts';
import type { AnsweredPhoto } from '../../../cli/review/read-results.ts';
import { randomNumbers } from '../../helpers/random-numbers.ts';
import { answeredPhoto } from './answered-photo.ts';

const namesOf = (photos: readonly AnsweredPhoto[]) => orderByUse(photos).map((position) => photos[position]?.name);

describe('the order of a review', () => {
  it('begins with what is unsure or unfamiliar, the most doubtful first, and ends with what is confident', () => {
    const order = namesOf([
      answeredPhoto('confident', { hat: 0.5, dress: 0.49 }, { verdict: 'confident' }),
      answeredPhoto('rather a hat', { hat: 0.7, dress: 0.3 }),
      answeredPhoto('hat or dress', { hat: 0.51, dress: 0.49 }),
      answeredPhoto('no clothes', { skirt: 0.99, dress: 0.01 }, { verdict: 'unfamiliar' }),
    ]);

    expect(order).toEqual(['hat or dress', 'no clothes', 'rather a hat', 'confident']);
  });

  it('puts another question before twenty near copies of the first', () => {
    const copies = Array.from({ length: 20 }, (_, at) =>
      answeredPhoto(`copy ${at}`, { hat: 0.5 + at / 10_000, dress: 0.5 - at / 10_000 }),
    );
    const order = namesOf([
      ...copies,
      answeredPhoto('shoes or hat', { shoes: 0.6, hat: 0.4 }),
      answeredPhoto('skirt or shorts', { skirt: 0.65, shorts: 0.35 }),
    ]);

    expect(order.slice(0, 3)).toEqual(['copy 0', 'skirt or shorts', 'shoes or hat']);
  });

  it('holds every photo once, with results of one label each, and of thousands', () => {
    const random = randomNumbers(3);
    const labels = ['hat', 'dress', 'skirt', 'shoes', 'pants'];
    const photos = Array.from({ length: 3_000 }, (_, at) => {
      const first = 0.2 + 0.8 * random();
      const [one, other] = [at % 5, (at + 1 + (at % 3)) % 5].map((index) => labels[index] as string) as [
        string,
        string,
      ];
      return answeredPhoto(`${at}`, at % 7 === 0 ? { [one]: first } : { [one]: first, [other]: 1 - first });
    });

    const order = orderByUse(photos);

    expect(new Set(order).size).toBe(3_000);
    expect(orderByUse([])).toEqual([]);
  });
});
