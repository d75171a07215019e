import { expect, it } from 'vitest';
import { PngWorkspace } from '../../../../photo/png/kernels/png-workspace.ts';
import { plainRgbKernels } from '../../../../photo/png/rgb/plain-rgb-kernels.ts';
import { randomNumbers } from '../../../helpers/random-numbers.ts';

const table = 0;
const row = 1024;
const slack = 16;

/** What is written of a row of so many pixels by the kernel and by its twin, of the same random bytes. */
function writtenByBoth(name: 'layOnWhite' | 'lookUp', pixels: number): readonly Uint8Array[] {
  const out = row + 4 * pixels + slack;
  const end = out + 3 * pixels;
  const workspace = new PngWorkspace(end + slack);
  const random = randomNumbers(pixels);
  const content = Uint8Array.from({ length: out }, () => Math.floor(random() * 256));
  const results = [workspace.kernels, plainRgbKernels(workspace.bytes)].map((kernels) => {
    workspace.bytes.set(content);
    workspace.bytes.fill(0, out, end);
    if (name === 'lookUp') kernels.lookUp(row, table, out, end);
    else kernels.layOnWhite(row, out, end);
    return workspace.bytes.slice(out, end);
  });
  workspace.release();
  return results;
}

const widths = [1, 2, 3, 4, 5, 7, 8, 100, 30_001];

it.each(widths)('RGBA is laid on white as the plain twin lays it: %i pixels', (pixels) => {
  const [kernel, twin] = writtenByBoth('layOnWhite', pixels);

  expect(kernel).toEqual(twin);
});

it.each(widths)('colours are looked up as the plain twin does it: %i pixels', (pixels) => {
  const [kernel, twin] = writtenByBoth('lookUp', pixels);

  expect(kernel).toEqual(twin);
});

it('each of the 65,536 pairs of sample and alpha comes to the nearest level', () => {
  const [at, out, pixels] = [0, 4 * 65_536 + slack, 65_536];
  const workspace = new PngWorkspace(out + 3 * pixels + slack);
  for (let pair = 0; pair < pixels; pair++)
    workspace.bytes.fill(pair >> 8, 4 * pair, 4 * pair + 3).fill(pair, 4 * pair + 3, 4 * pair + 4);

  workspace.kernels.layOnWhite(at, out, out + 3 * pixels);

  const shown = workspace.bytes.slice(out, out + 3 * pixels);
  workspace.release();
  const wrong = shown.findIndex((level, i) => {
    const pair = Math.floor(i / 3);
    return level !== Math.round(255 - ((255 - (pair >> 8)) * (pair & 0xff)) / 255);
  });
  expect(wrong).toBe(-1);
});
