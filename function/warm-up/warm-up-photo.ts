import { standardHuffmanCodes } from '../../photo/jpeg/entropy/standard-huffman-codes.ts';
import { marker } from '../../photo/jpeg/markers/markers.ts';

// 240 × 16 pixels, one row of minimum coded units (4:2:0, quality 75) with a restart interval of that row, without its
// Huffman codes, which are the standard's. In turn soft and sharp noise, flat pure colours, edges and ramps: what is
// compiled for one kind of block alone is thrown away at the first of another.
const stripInBase64 = [
  '/9j/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/2wBDAQkJCQwLDBgNDRgy',
  'IRwhMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjL/wAARCAAQAPADASIAAhEBAxEB/90ABAAP/9oADAMBAAIR',
  'AxEAPwDh7WD7bv8Am2bMds5z/wDqrc8Tz/avsvy7du/vn+7WIt352fkxj3rSkP2rH8O38c5rzo0uerqtI/hdH6hUwsalSFVzva9tPkwe0d53toE3SNET',
  '8iq25SFMgQg7jzjBfGDg5XO6mXZnukEiwGGQqzhxAIwwZSQyZbC4LMQWAKlgcnAwkkktlamG0ZXmjmObgQKMuuBjkE8HBAIGAuOSKLe9SSE3gk+SKLzl',
  'kkJKlvlHlqOCSR0J5JxtyBuExU4rmdmv6WvlfU/IVJKmmrf1/m9eqfZX08oooor0zuPrKuT8TeJvs++wsH/fdJZVP3PYe/v2+vQ8TeJvs++wsH/fdJZV',
  'P3PYe/v2+vThqrNM05b0aL16v9EPE4m3uQPoDTe1dJD90Vzem9q6SH7or42n8Q4bnzvbw+fu+bbtx2zXRadbfZfN+fdux2x61Sjsvt+f3mzZ7Zzn/wDV',
  'VmKP7Tnnbt/GvpZzeI5vbrmta72t223v5HwjrNezqt3bvp+G5LGI7S7juXKeTHlg4bc8bAMjHLY+TI68sdoJ2k4E9tBNJeS3/mxPbToI3lOI2VnYnCAk',
  'bgq4yVYFsHkjK1GlvNaWYtxeWkdxFloVkdIwOyFsg89R1IBUr/eCveOa0j+1SGaIMZG2tFI5YAkbvMwBk5b7w3Fc9mJr6rmUleL0287Xv+X9dT9Gad3b',
  '7PbV7P8Az8/N6XPCqKKK/Uj58+l65HxR4o+zb9P0+T9/92WZT/q/9kf7Xv2+vQ8UeKPs2/T9Pk/f/dlmU/6v/ZH+179vr04SvxDHY616dN+rO3gfgf2v',
  'LmWZR93eEH17Sku3Zdd3pvJpvauw03tXH6b2rsNN7V55xnMaRLv87jGNvf61jW3h77Hu/wBK378f8s8Yx+PvVzRrP/hFvP8A3n2r7Tt7bNu3P1z979K0',
  'LfS/7Q3fvvL2Y/hznP4+1c86/s1VnSjaDtrf9HructGmtFCXuz627eW++h111pUkj/a54ZS0n73E0CsUXbkhh90no2QR83PA4VzLOWUWslsIYt6iNXeR',
  'CrDCg5+8BlSRgnOcYyoqGK6QWQsp45Jkm4gG9F5ycquMld2cZUcABjjgiwbh2v1jEkUKbWZ40UYn3KVDKF5HUAAjjIxzw3n8spNK+19baW2289l09Ls6',
  'ZP2dr+umvTfrpb02tq9vPqKKKD+hDqqsQQbsO447D1ogg3Ydxx2HrVuvouHuHue2Lxa0+zHv5vy7Lr6b/iOdZ1y3w+HevV9vJefd9PXbwi0++K6vTe1c',
  'paffFdXpvavo1sVHY//Z',
].join('');

/** So that the kernel of the entropy-coded data runs long enough to be compiled well: with 240 the first event waits for it. */
const heightInPixels = 400;
const stripHeightInPixels = 16;

/**
 * A JPEG of 240 × 400 pixels: the stored strip over and over. Each restart begins the prediction of the DC coefficients
 * anew (ITU-T T.81, F.1.1.5.1), so that the strip's scan may follow itself.
 */
export function buildWarmUpPhoto(): Uint8Array {
  const strip = Buffer.from(stripInBase64, 'base64');
  const frame = strip.indexOf(Buffer.of(0xff, marker.sof0));
  const scan = strip.indexOf(Buffer.of(0xff, marker.sos));
  const scanData = scan + 2 + strip.readUInt16BE(scan + 2);
  // After the marker: length in two bytes, precision in one, then the height.
  strip.writeUInt16BE(heightInPixels, frame + 5);
  const data = strip.subarray(scanData, strip.length - 2);
  const parts: Uint8Array[] = [strip.subarray(0, scan), ...defineCodes(), strip.subarray(scan, scanData), data];
  for (let row = 1; row < heightInPixels / stripHeightInPixels; row++) {
    parts.push(Buffer.of(0xff, marker.rst0 + ((row - 1) % 8)), data);
  }
  return Buffer.concat([...parts, Buffer.of(0xff, marker.eoi)]);
}

/** As nearly every photo defines its codes (ITU-T T.81, B.2.4.2), so that what reads them is compiled too. */
function defineCodes(): Uint8Array[] {
  return (['dc', 'ac'] as const).flatMap((tableClass, classNumber) =>
    standardHuffmanCodes[tableClass].map(({ counts, values }, index) => {
      const length = 2 + 1 + counts.length + values.length;
      return Buffer.from([0xff, marker.dht, 0, length, (classNumber << 4) | index, ...counts, ...values]);
    }),
  );
}
