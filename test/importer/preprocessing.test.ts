import { describe, expect, it } from 'vitest';
import { likelyPreprocessing, preprocessingOf } from '../../importer/preprocessing.ts';

describe('preprocessing', () => {
  it.each([
    ['xception', 'tf'],
    ['mobilenetv2_1.00_224', 'tf'],
    ['mobilenet_1.00_224', 'tf'],
    ['MobileNetV3Small', 'tf'],
    ['efficientnetv2-b0', 'tf'],
    ['convnext_tiny', 'torch'],
    ['densenet121', 'torch'],
    ['resnet50', 'caffe'],
    ['resnet50v2', 'tf'],
    ['nasnet_mobile', 'tf'],
    ['vgg16', 'caffe'],
  ])('before a body called %s that scales nothing itself is likely to be %s', (name, mode) => {
    expect(likelyPreprocessing(['functional', name])).toEqual({ name, mode });
  });

  it('is not likely anything for an architecture that nobody knows', () => {
    expect(likelyPreprocessing(['my_model'])).toBeUndefined();
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
