import { appendFileSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { FeatureCache } from '../../../training/features/feature-cache.ts';

const folder = mkdtempSync(join(tmpdir(), 'feature-cache-'));
afterAll(() => rmSync(folder, { recursive: true }));
const hashOf = (digit: number) => String(digit).repeat(64);
const facts = (value: number) => ({ fingerprint: BigInt(value), features: Float32Array.of(value, value + 0.5) });

function fill(name: string, ...values: readonly number[]) {
  const cache = new FeatureCache(folder, name, 2);
  for (const value of values) cache.set(hashOf(value), facts(value));
  cache.close();
}

it('keeps what was put into it for the next training', () => {
  fill('kept', 1, 2);
  fill('kept', 2, 3);

  const cache = new FeatureCache(folder, 'kept', 2);

  expect(cache.hashes).toEqual([1, 2, 3].map(hashOf));
  expect(cache.get(hashOf(3))).toEqual(facts(3));
  expect(cache.fingerprint(hashOf(2))).toBe(2n);
  expect(cache.get(hashOf(4))).toBeUndefined();

  cache.close();
});

it.each([
  ['half an entry', (path: string) => appendFileSync(`${path}.index`, 'half'), [1, 2]],
  ['features without an entry', (path: string) => appendFileSync(`${path}.features`, Buffer.alloc(8)), [1, 2]],
  ['an entry without all of its features', (path: string) => truncateSync(`${path}.features`, 13), [1]],
])('forgets %s, and goes on', (name, damage, kept) => {
  fill(name, 1, 2);
  damage(join(folder, name));
  fill(name, 3);

  const cache = new FeatureCache(folder, name, 2);

  expect(cache.hashes).toEqual([...kept, 3].map(hashOf));
  expect(cache.get(hashOf(3))).toEqual(facts(3));

  cache.close();
});

it('is used by one training at a time', () => {
  const cache = new FeatureCache(folder, 'held', 2);

  expect(() => new FeatureCache(folder, 'held', 2)).toThrow(/writing it/);

  cache.close();
});
