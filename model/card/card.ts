export type ChannelOrder = 'rgb' | 'bgr' | 'grey';
export const resizeModes = ['nearest', 'bilinear', 'bilinear-antialias', 'bicubic-antialias', 'lanczos'] as const;
export type ResizeMode = (typeof resizeModes)[number];

/** Whether a mode is Pillow's, which alone can resize a part that ends between pixels. */
export function isPillowResize(mode: ResizeMode): boolean {
  return mode !== 'nearest' && mode !== 'bilinear';
}

export const fitModes = ['stretch', 'letterbox', 'center-crop', 'pillow-fit', 'border'] as const;
export type FitMode = (typeof fitModes)[number];
/** `sigmoid`: one unit for two labels. `sigmoids`: one unit a label, of which several may be true at once. */
export type OutputKind = 'logits' | 'softmax' | 'sigmoid' | 'sigmoids';

/** How pixels become the model's input: pixel 0–255 × scale + offset, per channel (in `channels` order) where a list. */
export interface CardInput {
  readonly width: number;
  readonly height: number;
  readonly channels: ChannelOrder;
  readonly resize: ResizeMode;
  readonly fit: FitMode;
  /** Resize first, to this many pixels, and crop the centre of the input's size after; otherwise crop first. */
  readonly resizeTo?: number;
  readonly scale: number | readonly number[];
  readonly offset: number | readonly number[];
}

/** card.json of a model directory: what the graph alone does not say. */
export interface Card {
  readonly name: string;
  /** First 12 hexadecimal digits of the SHA-256 of weights.bin. */
  readonly version: string;
  readonly labels: readonly string[];
  readonly input: CardInput;
  readonly output: OutputKind;
  readonly calibration?: CardCalibration;
  readonly trained?: Readonly<Record<string, unknown>>;
  readonly metrics?: Readonly<Record<string, unknown>>;
}

export interface CardCalibration {
  /** Logits are divided by it before the softmax. */
  readonly temperature: number;
  /** A first label with a lower probability than this is `unsure`; one for each label where they are independent. */
  readonly unsureBelow?: number | readonly number[];
  readonly unfamiliar?: Readonly<Record<string, unknown>>;
  /** On what photos, by what choices, and with which figures it was fitted; for readers, not for the classifier. */
  readonly fitted?: Readonly<Record<string, unknown>>;
}
