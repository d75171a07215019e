import { describe, expect, it } from 'vitest';
import { countPhotos, listPhotos } from '../../../cli/bulk/list-photos.ts';
import { randomNumbers } from '../../helpers/random-numbers.ts';
import { collect, photosOfShop } from './run-of-shop.ts';
import { storeInMemory } from './store-in-memory.ts';

describe('the photos of a bucket', () => {
  it('are all objects but folders and what the service has written itself', async () => {
    const objects = photosOfShop('a.jpg', 'folder/b.jpg', 'results/model=1/date=2/3.jsonl', 'runs/r/run.json');
    objects.set('shop/folder/', '');

    const listed = await collect(listPhotos(storeInMemory(objects, 'shop'), 'shop', ''));

    expect(listed.map(({ Key }) => Key)).toEqual(['a.jpg', 'folder/b.jpg']);
  });

  it('are counted up to a number', async () => {
    const store = storeInMemory(photosOfShop('1.jpg', '2.jpg', '3.jpg'));

    const count = (most: number) => countPhotos(listPhotos(store, 'shop', ''), { most, sampleSize: 0 });

    expect(await count(3)).toEqual({ count: 3, isMore: false, sizeInBytes: 15, sample: [] });
    expect(await count(2)).toMatchObject({ count: 2, isMore: true });
  });

  it('are as likely each as the other to be in a sample', async () => {
    const store = storeInMemory(photosOfShop(...Array.from({ length: 10 }, (_, index) => `${index}.jpg`)));
    const drawn = new Map<string, number>();
    const random = randomNumbers(7);
    for (let round = 0; round < 400; round++) {
      const { sample } = await countPhotos(listPhotos(store, 'shop', ''), { most: 100, sampleSize: 3, random });

      expect(new Set(sample.map(({ Key }) => Key)).size).toBe(3);

      for (const { Key } of sample) drawn.set(Key, (drawn.get(Key) ?? 0) + 1);
    }

    // 120 each, give or take five standard deviations of nine.
    for (const times of drawn.values()) expect(Math.abs(times - 120)).toBeLessThan(46);
    expect(drawn.size).toBe(10);
  });
});
