import { isJsonObject } from '../../../facts/json-object.ts';
import { listWords } from '../../list-words.ts';
import type { LayerConverter } from './layer-context.ts';

const identity: LayerConverter = ({ inputs: [x] }) => x;

/** Layers that do something in training only: at inference they hand their input on. */
const namesOfIdentities = listWords(`
  ActivityRegularization AlphaDropout AugMix CutMix Dropout Equalization GaussianDropout GaussianNoise
  Identity MaxNumBoundingBoxes MixUp RandAugment RandomApply RandomBrightness RandomChannelShift
  RandomColorDegeneration RandomColorJitter RandomContrast RandomElasticTransform RandomErasing RandomFlip
  RandomGaussianBlur RandomGrayscale RandomHeight RandomHue RandomInvert RandomPerspective
  RandomPosterization RandomRotation RandomSaturation RandomSharpness RandomShear RandomTranslation
  RandomWidth RandomZoom Solarization SpatialDropout1D SpatialDropout2D StochasticDepth
`);

/** A row of augmentation layers; others could stand in it, and would work at inference. */
const pipeline: LayerConverter = ({ config, inputs: [x] }) => {
  const layers = Array.isArray(config.values.layers) ? config.values.layers : [];
  const other = layers
    .map((layer) => (isJsonObject(layer) ? layer.class_name : layer))
    .find((name) => !namesOfIdentities.includes(String(name)));
  if (other !== undefined) throw config.error(`the layer ${JSON.stringify(other)} in it works at inference too`);
  return x;
};

export const identityLayers: Readonly<Record<string, LayerConverter>> = {
  ...Object.fromEntries(namesOfIdentities.map((name) => [name, identity])),
  Pipeline: pipeline,
};
