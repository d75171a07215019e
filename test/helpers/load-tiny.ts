import { assets } from '../../function/bundling/assets.ts';
import { load } from '../../model/classifier.ts';
import { fillPixels, type TinyModelOptions, writeTinyModel } from './tiny-model.ts';

export const red = fillPixels(7, 5, [255, 0, 0]);
export const green = fillPixels(3, 9, [0, 255, 0]);

/** On TensorFlow.js, whose tensors are to be counted. */
export async function loadTiny(options: TinyModelOptions = {}) {
  return load(writeTinyModel(options), { ...assets, engine: 'tensorflow' });
}
