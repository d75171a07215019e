import { expect, it } from 'vitest';
import { alignedSize, placeStorages, Storage } from '../../../model/plan/arena.ts';

function use(lengthInFloats: number, firstStep: number, lastStep: number): Storage {
  const storage = new Storage(lengthInFloats);
  storage.useAt(firstStep);
  storage.useAt(lastStep);
  return storage;
}

it('gives no byte to two storages that are in use at the same time', () => {
  const storages = Array.from({ length: 60 }, (_, index) =>
    use(1 + ((index * 37) % 50), index % 17, (index % 17) + (index % 5)),
  );
  const end = placeStorages(storages, 128);
  for (const [index, one] of storages.entries()) {
    expect(one.address % 64).toBe(0);
    expect(one.address).toBeGreaterThanOrEqual(128);
    expect(one.address + one.sizeInBytes).toBeLessThanOrEqual(end);
    for (const other of storages.slice(index + 1)) {
      const overlapsInTime = one.firstStep <= other.lastStep && other.firstStep <= one.lastStep;
      const overlapsInSpace =
        one.address < other.address + other.sizeInBytes && other.address < one.address + one.sizeInBytes;
      expect(overlapsInTime && overlapsInSpace).toBe(false);
    }
  }
});

it('lets a chain of tensors take turns in two places', () => {
  const chain = Array.from({ length: 20 }, (_, index) => use(1_000, index, index + 1));

  expect(placeStorages(chain, 0)).toBe(2 * alignedSize(4_000));
});
