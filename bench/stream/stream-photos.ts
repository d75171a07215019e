import { encodeJpeg } from '../../test/helpers/jpeg-file.ts';
import type { Draw } from '../random-draw.ts';

/** A photo of the trial, and what its one record has to say. */
export interface StreamPhoto {
  readonly key: string;
  /** Undefined for one that is gone before it is read. */
  readonly bytes: Uint8Array | undefined;
  /** The code of its error; undefined where it is answered. */
  readonly code: string | undefined;
}

/** So many different pictures are drawn; photos beyond them are the same under other keys. */
const pictures = 64;

/** Photos of which about 3 % are bad: cut short, of no format, empty, or gone. */
export function drawStreamPhotos(count: number, draw: Draw): readonly StreamPhoto[] {
  const drawn = Array.from({ length: Math.min(pictures, count) }, () => drawPhoto(draw));
  const bad: readonly Omit<StreamPhoto, 'key'>[] = [
    { bytes: drawn[0]?.subarray(0, 400), code: 'corrupt_photo' },
    { bytes: Buffer.from('a text that is called a photo'), code: 'unsupported_format' },
    { bytes: new Uint8Array(), code: 'fetch_failed' },
    { bytes: undefined, code: 'fetch_failed' },
  ];
  return Array.from({ length: count }, (_, index) => {
    const key = `in/${index % 7}/photo ${index}+ü.jpg`;
    if (draw(100) < 3) return { key, ...(bad[draw(bad.length)] as Omit<StreamPhoto, 'key'>) };
    return { key, bytes: drawn[index % drawn.length], code: undefined };
  });
}

function drawPhoto(draw: Draw): Uint8Array {
  const [width, height] = [64 + draw(64), 64 + draw(64)];
  const colour = [draw(256), draw(256), draw(256)];
  const data = new Uint8Array(width * height * 3);
  for (let at = 0; at < data.length; at++) data[at] = ((colour[at % 3] ?? 0) + draw(32)) & 255;
  return encodeJpeg({ width, height, data });
}
