import { encodeRgbPng } from '../../helpers/png-file.ts';
import { randomNumbers } from '../../helpers/random-numbers.ts';

const side = 36;
const patch = 4;

/** A PNG file of patches of grey, no two seeds alike; `brighter` lifts each pixel and leaves the picture nearly the same. */
export function patchworkPng(seed: number, brighter = 0): Buffer {
  const random = randomNumbers(seed);
  const greys = Array.from({ length: (side / patch) ** 2 }, () => Math.floor(random() * 200));
  const data = new Uint8Array(3 * side * side);
  for (let pixel = 0; pixel < side * side; pixel++) {
    const [x, y] = [pixel % side, Math.floor(pixel / side)];
    const grey = greys[Math.floor(y / patch) * (side / patch) + Math.floor(x / patch)] as number;
    data.fill(grey + brighter, 3 * pixel, 3 * pixel + 3);
  }
  return encodeRgbPng({ width: side, height: side, data });
}
