import { deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { plainInflate } from '../../../../photo/png/inflate/plain-inflate.ts';
import { randomNumbers } from '../../../helpers/random-numbers.ts';

/** Noise, in which nothing repeats but what a test repeats. */
function noise(length: number, seed: number): Buffer {
  const random = randomNumbers(seed);
  return Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
}

it('repeats from every distance that has a symbol, at its first place and its last', () => {
  // RFC 1951 §3.2.5: from 5 on, two symbols share each number of extra bits.
  const firsts = Array.from({ length: 26 }, (_, at) => (2 + (at % 2)) * 2 ** (Math.floor(at / 2) + 1) + 1);
  let data = noise(32_768, 1);
  for (const distance of [1, 2, 3, 4, ...firsts.flatMap((first) => [first, first - 1])]) {
    const from = data.length - distance;
    data = Buffer.concat([data, data.subarray(from, from + Math.min(12, distance)), noise(2, distance)]);
  }

  expect(Buffer.compare(plainInflate(deflateRawSync(data, { level: 9 })), data)).toBe(0);
});

it('repeats for every length', () => {
  const whole = noise(300, 2);
  const lengths = Array.from({ length: 256 }, (_, at) => at + 3);
  const data = Buffer.concat([whole, ...lengths.flatMap((length) => [whole.subarray(0, length), noise(2, length)])]);

  expect(Buffer.compare(plainInflate(deflateRawSync(data, { level: 9 })), data)).toBe(0);
});
