import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importModel } from '../../importer/import-model.ts';
import { guessPreprocessing, preprocessingOf } from '../../importer/preprocessing.ts';

it('is seen inside a model whose first convolution takes the scaling over', async () => {
  const { scalesItsInput } = await importModel(join(import.meta.dirname, '../fixtures/import/nested.keras'), {});
  expect(scalesItsInput).toBe(true);
});

describe('preprocessing', () => {
  it.each([
    ['xception', 'tf'],
    ['inception_v3', 'tf'],
    ['mobilenetv2_1.00_224', 'tf'],
    ['mobilenet_1.00_224', 'tf'],
    ['MobileNetV3Small', 'none'],
    ['efficientnetb0', 'none'],
    ['efficientnetv2-b0', 'none'],
    ['convnext_tiny', 'none'],
    ['densenet121', 'torch'],
    ['resnet50', 'caffe'],
    ['resnet50v2', 'tf'],
    ['nasnet_mobile', 'tf'],
    ['vgg16', 'caffe'],
  ])('of a model around %s is guessed to be %s', (name, mode) => {
    expect(guessPreprocessing({ architectures: ['functional', name], scalesItsInput: false })?.mode).toBe(mode);
  });

  it('is not applied twice where the model scales its own pixels', () => {
    expect(guessPreprocessing({ architectures: ['xception'], scalesItsInput: true })?.mode).toBe('none');
  });

  it('is not guessed for an architecture that nobody knows', () => {
    expect(guessPreprocessing({ architectures: ['my_model'], scalesItsInput: false })).toBeUndefined();
  });

  it.each([
    ['tf', [0, 255], [-1, 1]],
    ['none', [0, 255], [0, 255]],
  ] as const)('%s maps %j to %j', (mode, pixels, values) => {
    const { scale, offset } = preprocessingOf(mode, 3);
    expect(pixels.map((pixel) => pixel * (scale as number) + (offset as number))).toEqual(values);
  });

  it("takes ImageNet's mean to zero, with blue first for caffe and in the photo's order for torch", () => {
    const caffe = preprocessingOf('caffe', 3);
    expect([caffe.channels, caffe.offset]).toEqual(['bgr', [-103.939, -116.779, -123.68]]);
    const torch = preprocessingOf('torch', 3);
    const [red = 0] = torch.scale as number[];
    expect(255 * 0.485 * red + ((torch.offset as number[])[0] as number)).toBeCloseTo(0, 12);
  });

  it('knows no ImageNet mean for grey pictures', () => {
    expect(() => preprocessingOf('caffe', 1)).toThrow(/three channels/);
    expect(preprocessingOf('tf', 1).channels).toBe('grey');
  });
});
