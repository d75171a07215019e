import type { Classifier, Engine } from '../model/classification.ts';
import { decodePhoto } from '../photo/decode-photo.ts';
import { assets } from './bundling/assets.ts';
import type { ClassifyingParts } from './prediction/classify-photo.ts';
import { loadOnce } from './prediction/load-once.ts';
import { limitsOfReference } from './reference/limits-of-reference.ts';
import { checkDirectAnswer } from './settings/direct-answer.ts';
import type { ServiceSettings } from './settings/settings.ts';

/** What one thread decodes and classifies with, and the ways that it was not told to take. */
export interface WiredPhotos extends ClassifyingParts {
  readonly decodeByOwn: typeof decodePhoto;
  readonly decodeByReference: typeof decodePhoto;
  readonly loadOtherEngine: () => Promise<Classifier>;
}

export type PhotoSettings = Pick<ServiceSettings, 'limits' | 'modelDirectory' | 'engine' | 'decoder' | 'directAnswer'>;

/** Puts decoders and model together as the settings say; the model loads at its first use. */
export function wirePhotos(settings: PhotoSettings): WiredPhotos {
  const { modelDirectory = assets.modelDirectory, engine, decoder, directAnswer } = settings;
  const { webpWasmFile } = assets;
  const decodeByOwn: typeof decodePhoto = (bytes, options) => decodePhoto(bytes, { ...options, webpWasmFile });
  const decodeByReference: typeof decodePhoto = async (bytes, options) => {
    const reference = await import('../photo/reference/decode-by-reference.ts');
    return reference.decodeByReference(bytes, { ...options, webpWasmFile });
  };
  return {
    classifier: loadOnce(async () => {
      const classifier = await loadClassifier(modelDirectory, engine);
      checkDirectAnswer(directAnswer, classifier.card.labels);
      return classifier;
    }),
    limits: decoder === 'reference' ? limitsOfReference(settings.limits) : settings.limits,
    decodePhoto: decoder === 'reference' ? decodeByReference : decodeByOwn,
    decodeByOwn,
    decodeByReference,
    loadOtherEngine: () => loadClassifier(modelDirectory, engine === 'own' ? 'tensorflow' : 'own'),
  };
}

/** Imported when the first photo or the warm-up asks for it: TF.js is most of what there is to evaluate. */
async function loadClassifier(directory: string, engine: Engine): Promise<Classifier> {
  const { load } = await import('../model/classifier.ts');
  return load(directory, { wasmFile: assets.wasmFile, engine });
}
