import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkPresetSize, chooseFitting } from '../../importer/presets/choose-fitting.ts';
import { findPreset } from '../../importer/presets/find-preset.ts';
import type { Preset } from '../../importer/presets/preset.ts';

const folder = mkdtempSync(join(tmpdir(), 'presets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function presetOf(name: string): Preset {
  const way = findPreset(name);
  if (way === undefined || !('preset' in way)) throw new TypeError(`${name} is no preset`);
  return way.preset;
}

function writeTimm(config: object): string {
  const path = join(folder, 'config.json');
  writeFileSync(path, JSON.stringify(config));
  return `timm:${path}`;
}

describe('a preset of torchvision', () => {
  it.each([
    ['ResNet18_Weights.IMAGENET1K_V1', 'bilinear-antialias', 256, 224],
    ['ResNet50_Weights.IMAGENET1K_V2', 'bilinear-antialias', 232, 224],
    ['ResNet50_Weights.DEFAULT', 'bilinear-antialias', 232, 224],
    ['EfficientNet_B0_Weights.IMAGENET1K_V1', 'bicubic-antialias', 256, 224],
    ['EfficientNet_B1_Weights.IMAGENET1K_V2', 'bilinear-antialias', 255, 240],
    ['ViT_B_16_Weights.DEFAULT', 'bilinear-antialias', 256, 224],
    ['ViT_B_16_Weights.IMAGENET1K_SWAG_E2E_V1', 'bicubic-antialias', 384, 384],
    ['Inception_V3_Weights.IMAGENET1K_V1', 'bilinear-antialias', 342, 299],
  ])('%s resizes by %s to %i and crops %i', (name, resize, resizeTo, side) => {
    const preset = presetOf(`torchvision:${name}`);

    expect(preset.fitting).toEqual({ resize, fit: 'center-crop', resizeTo });
    expect(preset.size).toEqual({ width: side, height: side });
    expect([preset.scale].flat()[0]).toBeCloseTo(1 / (255 * 0.229), 10);
  });

  it('takes other pixels where its weights do', () => {
    const { scale, offset } = presetOf('torchvision:EfficientNet_V2_L_Weights.DEFAULT');

    expect([scale].flat()[2]).toBeCloseTo(1 / 127.5, 10);
    expect(offset).toEqual([-1, -1, -1]);
  });

  it('names the weights that there are', () => {
    expect(() => findPreset('torchvision:ResNet50_Weights.V9')).toThrow(/no weights "ResNet50_Weights.V9"/);
  });
});

describe("timm's configuration", () => {
  const usual = { input_size: [3, 224, 224], interpolation: 'bicubic', crop_pct: 0.875, mean: [0.5, 0.5, 0.5] };

  it.each([
    [{ ...usual, std: [0.5, 0.5, 0.5] }, 'bicubic-antialias', 'center-crop', 256],
    [{ pretrained_cfg: { ...usual, crop_pct: 0.95, crop_mode: 'center' } }, 'bicubic-antialias', 'center-crop', 235],
    [{ ...usual, crop_pct: 1, crop_mode: 'squash', interpolation: 'bilinear' }, 'bilinear-antialias', 'stretch', 224],
    [{ ...usual, crop_pct: 1, crop_mode: 'border' }, 'bicubic-antialias', 'border', 224],
  ])('%o', (config, resize, fit, resizeTo) => {
    const preset = presetOf(writeTimm(config));

    expect(preset.fitting).toEqual({ resize, fit, resizeTo });
  });

  it.each([
    [{ ...usual, crop_pct: 0 }, /"crop_pct"/],
    [{ ...usual, interpolation: 'random' }, /"interpolation"/],
    [{ ...usual, input_size: [3, 224, 160] }, /"input_size"/],
    [{ ...usual, mean: [1] }, /"mean"/],
    [{ ...usual, crop_mode: '__proto__' }, /"crop_mode"/],
  ])('that makes no sense is refused: %o', (config, message) => {
    expect(() => findPreset(writeTimm(config))).toThrow(message);
  });

  it('that is not there is refused', () => {
    expect(() => findPreset(`timm:${join(folder, 'none.json')}`)).toThrow(/cannot be read/);
  });
});

it('knows Teachable Machine and the names of Keras, and nothing else', () => {
  expect(presetOf('teachable-machine').fitting).toEqual({ resize: 'lanczos', fit: 'pillow-fit' });
  expect(findPreset('caffe')).toEqual({ mode: 'caffe' });
  expect([findPreset('toString'), findPreset('torchvision:'), findPreset('keras')]).toEqual(Array(3).fill(undefined));
});

describe('the fitting', () => {
  const preset = presetOf('torchvision:ResNet18_Weights.DEFAULT');

  it('is what the owner says, then what the preset does', () => {
    expect(chooseFitting({}, undefined)).toEqual({ resize: 'bilinear', fit: 'stretch' });
    expect(chooseFitting({ resize: 'bilinear' }, preset)).toEqual({
      resize: 'bilinear',
      fit: 'center-crop',
      resizeTo: 256,
    });
    expect(chooseFitting({ fit: 'stretch' }, preset)).toEqual({ resize: 'bilinear-antialias', fit: 'stretch' });
    expect(() => chooseFitting({ fit: 'letterbox', resizeTo: 9 }, undefined)).toThrow(/letterbox/);
    expect(() => chooseFitting({ fit: 'pillow-fit' }, undefined)).toThrow(/--resize bilinear, which Pillow/);
    expect(() => chooseFitting({ fit: 'pillow-fit', resize: 'lanczos', resizeTo: 9 }, undefined)).toThrow(/resize-to/);
  });

  it('has to lead to the input that the model takes', () => {
    expect(() => checkPresetSize(preset, { width: 299, height: 299, channels: 3 })).toThrow(/224 x 224.*299 x 299/);
    expect(() => checkPresetSize(preset, { width: 224, height: 224, channels: 1 })).toThrow(/three channels/);
    expect(() => checkPresetSize(preset, { width: 224, height: 224, channels: 3 })).not.toThrow();
  });
});
