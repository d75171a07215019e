import { type PreprocessMode, preprocessModes } from '../preprocessing.ts';
import type { Preset } from './preset.ts';
import { timmPreset } from './timm-preset.ts';
import { torchvisionPreset } from './torchvision-preset.ts';

/** What --preprocess may name: one of Keras's ways for pixels alone, or a way for the whole photo. */
export type NamedWay =
  | { readonly mode: PreprocessMode }
  | {
      /** As it was given. */
      readonly name: string;
      readonly preset: Preset;
    };

/** As the program in Python that Teachable Machine gives along with a model: `ImageOps.fit` by Lanczos, pixels from -1 to 1. */
const teachableMachine: Preset = {
  scale: 1 / 127.5,
  offset: -1,
  fitting: { resize: 'lanczos', fit: 'pillow-fit' },
  size: { width: 224, height: 224 },
};

/** Undefined where the name is none. Throws an ImportError where it is one of torchvision's or timm's that cannot be read. */
export function findPreset(name: string): NamedWay | undefined {
  const mode = preprocessModes.find((known) => known === name);
  if (mode !== undefined) return { mode };
  if (name === 'teachable-machine') return { name, preset: teachableMachine };
  const [family, ...rest] = name.split(':');
  const detail = rest.join(':');
  if (family === 'torchvision' && detail !== '') return { name, preset: torchvisionPreset(detail) };
  if (family === 'timm' && detail !== '') return { name, preset: timmPreset(detail) };
  return undefined;
}
