import { decodeJpeg } from '../../photo/jpeg/decode-jpeg.ts';
import { encodeJpeg, progressiveScans } from '../../test/photo/jpeg/encoder/encode-jpeg.ts';

/** A JPEG decoded and coded anew, with half the resolution of colour, in the scans that progressive encoders usually write. */
export function toProgressive(jpeg: Uint8Array): Buffer {
  const { width, height, data } = decodeJpeg(jpeg);
  const sampleAt = (component: number, x: number, y: number): number => {
    const column = Math.min(Math.max(Math.round(x), 0), width - 1);
    const row = Math.min(Math.max(Math.round(y), 0), height - 1);
    const at = 3 * (row * width + column);
    const [red, green, blue] = [data[at] as number, data[at + 1] as number, data[at + 2] as number];
    // ITU-T T.871 (JFIF), section 7.
    if (component === 0) return 0.299 * red + 0.587 * green + 0.114 * blue;
    if (component === 1) return 128 - 0.168736 * red - 0.331264 * green + 0.5 * blue;
    return 128 + 0.5 * red - 0.418688 * green - 0.081312 * blue;
  };
  const sampling = [
    [2, 2],
    [1, 1],
    [1, 1],
  ] as const;
  const options = { width, height, sampling, sampleAt, scans: progressiveScans(3), quantisationStep: 8 };
  return Buffer.from(encodeJpeg(options));
}
