import { ImportError } from '../import-error.ts';
import { imageNetDeviation, imageNetMean, normalise, type Preset } from './preset.ts';
import { type TorchvisionWay, torchvisionWays } from './torchvision-ways.ts';

const modes = { bilinear: 'bilinear-antialias', bicubic: 'bicubic-antialias' } as const;

/** `ResNet50_Weights.IMAGENET1K_V2`, as torchvision writes it, or `….DEFAULT`. Throws an {@link ImportError} for any other. */
export function torchvisionPreset(name: string): Preset {
  const [model = '', weights = ''] = name.split('.');
  const wanted = model.replace(/_Weights$/, '').toLowerCase();
  const ways = torchvisionWays.filter(({ models }) => models.toLowerCase().split(' ').includes(wanted));
  const way = weights === 'DEFAULT' ? defaultOf(ways) : ways.find((one) => `IMAGENET1K_${one.weights}` === weights);
  if (way === undefined) throw unknownWeights(name, ways);
  const { resize, crop, interpolation, normalisation } = way;
  const half = [0.5, 0.5, 0.5];
  return {
    ...(normalisation === 'half' ? normalise(half, half) : normalise(imageNetMean, imageNetDeviation)),
    fitting: { resize: modes[interpolation], fit: 'center-crop', resizeTo: resize },
    size: { width: crop, height: crop },
  };
}

/** The best of them by torchvision's own account: the highest plain version, else what was trained on its own size. */
function defaultOf(ways: readonly TorchvisionWay[]): TorchvisionWay | undefined {
  const plain = ways.filter(({ weights }) => /^V\d$/.test(weights)).sort((a, b) => a.weights.localeCompare(b.weights));
  return plain.at(-1) ?? ways.find(({ weights }) => weights.startsWith('SWAG_E2E'));
}

function unknownWeights(name: string, ways: readonly TorchvisionWay[]): ImportError {
  const known = ways.map(({ weights }) => `IMAGENET1K_${weights}`).join(', ');
  return new ImportError(
    `torchvision has no weights "${name.slice(0, 80)}".`,
    known === ''
      ? 'Name them as torchvision does: --preprocess torchvision:ResNet50_Weights.IMAGENET1K_V2.'
      : `Of that model it has ${known}.`,
  );
}
