import { corruptPhoto } from '../../photo-error.ts';
import type { ByteReader } from './byte-reader.ts';
import { marker } from './markers.ts';

/** How the picture is coded, as the start-of-frame marker says; only the first three are decoded. */
export type JpegProcess =
  | 'baseline'
  | 'extended'
  | 'progressive'
  | 'lossless'
  | 'hierarchical'
  | 'arithmetic'
  | 'jpeg-ls';

export interface ComponentHeader {
  readonly id: number;
  /** 1 to 4; relative to the largest of the frame. */
  readonly horizontalSampling: number;
  readonly verticalSampling: number;
  /** Which of the four quantisation tables. */
  readonly quantisation: number;
}

export interface FrameHeader {
  readonly process: JpegProcess;
  /** Bits a sample. */
  readonly precision: number;
  readonly width: number;
  /** 0 where a DNL segment after the first scan gives it. */
  readonly height: number;
  readonly components: readonly ComponentHeader[];
}

/** ITU-T T.81, B.2.2; a DHP segment (hierarchical progression) has the same fields. */
export function readFrameHeader(code: number, reader: ByteReader): FrameHeader {
  const process = processOf(code);
  const precision = reader.uint8();
  const height = reader.uint16();
  const width = reader.uint16();
  const count = reader.uint8();
  if (width === 0) throw corruptPhoto('The JPEG claims to be 0 pixels wide.');
  if (count === 0) throw corruptPhoto('The JPEG claims to have no colour components.');
  if (reader.remaining !== 3 * count)
    throw corruptPhoto(`The JPEG's frame header has the wrong length for ${count} components.`);
  const components: ComponentHeader[] = [];
  for (let index = 0; index < count; index++) components.push(readComponent(reader));
  return { process, precision, width, height, components };
}

function readComponent(reader: ByteReader): ComponentHeader {
  const id = reader.uint8();
  const sampling = reader.uint8();
  const quantisation = reader.uint8();
  const horizontalSampling = sampling >> 4;
  const verticalSampling = sampling & 15;
  if (horizontalSampling < 1 || horizontalSampling > 4 || verticalSampling < 1 || verticalSampling > 4) {
    throw corruptPhoto(`The JPEG has a sampling factor outside 1 to 4 (${horizontalSampling}x${verticalSampling}).`);
  }
  if (quantisation > 3) throw corruptPhoto(`The JPEG names quantisation table ${quantisation} of four.`);
  return { id, horizontalSampling, verticalSampling, quantisation };
}

function processOf(code: number): JpegProcess {
  if (code === marker.sof55) return 'jpeg-ls';
  if (code === marker.dhp) return 'hierarchical';
  const number = code - marker.sof0;
  if (number >= 9) return 'arithmetic';
  if (number >= 5) return 'hierarchical';
  return (['baseline', 'extended', 'progressive', 'lossless'] as const)[number] ?? 'hierarchical';
}
