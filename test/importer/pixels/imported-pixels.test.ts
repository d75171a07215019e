import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importModel } from '../../../importer/import-model.ts';
import { choosePreprocessing } from '../../../importer/pixels/choose-preprocessing.ts';
import { fitPhoto } from '../../../model/fit/fit-photo.ts';
import { fillPixels } from '../../helpers/tiny-model.ts';
import { runGraph } from '../run-graph.ts';

type Colour = readonly [red: number, green: number, blue: number];
const red: Colour = [200, 30, 30];
const green: Colour = [30, 200, 30];
const blue: Colour = [30, 30, 200];
const grey = (brightness: number): Colour => [brightness, brightness, brightness];
const colours = [red, green, blue];
const brightnesses = [20, 128, 240].map(grey);

const fixtures = join(import.meta.dirname, '../../fixtures/import/pixels');

/** The positions of the first labels of the pictures, with no option given. */
async function firstLabels(file: string, pictures: readonly Colour[]): Promise<number[]> {
  const model = await importModel(join(fixtures, file), {});
  const { preprocessing } = choosePreprocessing(model, {});
  const input = { ...model.input, ...preprocessing, resize: 'bilinear', fit: 'stretch' } as const;
  const labels: number[] = [];
  for (const colour of pictures) {
    const { values } = await runGraph(model.graph, fitPhoto(fillPixels(40, 40, colour), input), 'cpu');
    labels.push(values.indexOf(Math.max(...values)));
  }
  return labels;
}

describe('a model names every picture rightly, with no option, that', () => {
  it.each([
    ['resizes its pixels before it scales them, in a body with a famous name', 'resize-then-scale.keras', colours],
    ['crops and pads its pixels before it scales them', 'crop-then-scale.keras', colours],
    ['turns colours around and takes their means off', 'caffe-inside.keras', colours],
    ['begins with a batch normalisation of pixels / 255', 'batch-normalization-first.keras', brightnesses],
    ['divides by 255', 'brightness-rescaling.keras', brightnesses],
    ['takes bytes that stand for 0 to 1', 'brightness-uint8.tflite', brightnesses],
    ['takes signed bytes that stand for 0 to 1', 'brightness-int8.tflite', brightnesses],
    ['turns real numbers of 0 to 1 into whole ones', 'brightness-float.tflite', brightnesses],
    ['is a .tflite file that begins with a product', 'scaled.tflite', colours],
  ])('%s', async (_title, file, pictures) => {
    expect(await firstLabels(file, pictures)).toEqual([0, 1, 2]);
  });
});

describe('a model', () => {
  it('is asked about where nothing in it tells of its pixels', async () => {
    const model = await importModel(join(fixtures, 'brightness-plain.keras'), {});

    expect(() => choosePreprocessing(model, {})).toThrow(/does not tell how the model wants its pixels/);
  });

  it.each([
    { scale: 0.00392157 },
    { preprocess: 'tf' } as const,
    { preprocess: 'caffe' } as const,
  ])('that scales its pixels itself contradicts %j, unless that is forced', async (options) => {
    const model = await importModel(join(fixtures, 'brightness-rescaling.keras'), {});

    expect(() => choosePreprocessing(model, options)).toThrow(/contradict the model: it takes --preprocess none/);
    expect(choosePreprocessing(model, { ...options, force: true }).because).toBeUndefined();
  });

  it('that scales its pixels itself agrees with being told so', async () => {
    const model = await importModel(join(fixtures, 'brightness-rescaling.keras'), {});

    expect(choosePreprocessing(model, { preprocess: 'none' }).preprocessing.scale).toBe(1);
  });
});
