import type { PixelFacts } from '../pixels/pixel-facts.ts';
import type { TfliteModel, TfliteTensor } from './tflite-model.ts';

/** Whole-number types of an input, with what is taken off a byte 0-255 to make one. */
const wholeTypes: Readonly<Record<number, { readonly lowest: number; readonly highest: number }>> = {
  3: { lowest: 0, highest: 255 },
  9: { lowest: -128, highest: 127 },
};

/**
 * What the tensors say of pixels: a whole-number input is fed raw bytes (less 128 where it is signed), and its scale and
 * zero point tell what they stand for. A real input that is turned into whole numbers at once has its range from the
 * photos that the converter was shown. Metadata beside the model counts for real inputs only, as in TensorFlow Lite's own
 * task library.
 */
export function readPixelFacts(model: TfliteModel): PixelFacts | undefined {
  const [number] = model.inputs;
  const tensor = number === undefined ? undefined : model.tensors[number];
  if (tensor === undefined) return undefined;
  const range = realRange(tensor);
  if (range !== undefined) {
    const scale = (range.high - range.low) / 255;
    return { kind: 'bytes', scale, offset: range.low };
  }
  if (model.normalisation !== undefined) return { kind: 'normalisation', ...model.normalisation };
  const quantised = model.operations.find(({ name, inputs }) => name === 'QUANTIZE' && inputs[0] === number);
  const first = quantised?.outputs[0] === undefined ? undefined : model.tensors[quantised.outputs[0]];
  const seen = first?.quantization && realRange(first);
  return seen && { kind: 'range', ...seen };
}

/** What the lowest and the highest whole number of a tensor stand for; undefined for real numbers. */
function realRange({ type, quantization }: TfliteTensor): { readonly low: number; readonly high: number } | undefined {
  const whole = wholeTypes[type];
  if (whole === undefined) return undefined;
  const [scale = 1] = quantization?.scales ?? [];
  // Without a scale the numbers are the pixels, of which signed ones are those less 128.
  const zeroPoint = quantization === undefined ? 0 : (quantization.zeroPoints[0] ?? 0);
  return { low: (whole.lowest - zeroPoint) * scale, high: (whole.highest - zeroPoint) * scale };
}
