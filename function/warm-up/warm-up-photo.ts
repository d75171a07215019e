import { marker } from '../../photo/jpeg/markers/markers.ts';

// 240 × 16 pixels, one row of minimum coded units (4:2:0, quality 75) with a restart interval of that row. In turn soft and
// sharp noise, flat pure colours, edges and ramps: what is compiled for one kind of block alone is thrown away at the first
// of another.
const stripInBase64 = [
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgy',
  'PC4zNDL/2wBDAQkJCQwLDBgNDRgyIRwhMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjL/wAARCAAQAPAD',
  'ASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKB',
  'kaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZ',
  'mqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQF',
  'BgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5',
  'OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX',
  '2Nna4uPk5ebn6Onq8vP09fb3+Pn6/90ABAAP/9oADAMBAAIRAxEAPwDh7WD7bv8Am2bMds5z/wDqrc8Tz/avsvy7du/vn+7WIt352fkxj3rSkP2r',
  'H8O38c5rzo0uerqtI/hdH6hUwsalSFVzva9tPkwe0d53toE3SNET8iq25SFMgQg7jzjBfGDg5XO6mXZnukEiwGGQqzhxAIwwZSQyZbC4LMQWAKlg',
  'cnAwkkktlamG0ZXmjmObgQKMuuBjkE8HBAIGAuOSKLe9SSE3gk+SKLzlkkJKlvlHlqOCSR0J5JxtyBuExU4rmdmv6WvlfU/IVJKmmrf1/m9eqfZX',
  '08oooor0zuPrKuT8TeJvs++wsH/fdJZVP3PYe/v2+vQ8TeJvs++wsH/fdJZVP3PYe/v2+vThqrNM05b0aL16v9EPE4m3uQPoDTe1dJD90Vzem9q6',
  'SH7or42n8Q4bnzvbw+fu+bbtx2zXRadbfZfN+fdux2x61Sjsvt+f3mzZ7Zzn/wDVVmKP7Tnnbt/GvpZzeI5vbrmta72t223v5HwjrNezqt3bvp+G',
  '5LGI7S7juXKeTHlg4bc8bAMjHLY+TI68sdoJ2k4E9tBNJeS3/mxPbToI3lOI2VnYnCAkbgq4yVYFsHkjK1GlvNaWYtxeWkdxFloVkdIwOyFsg89R',
  '1IBUr/eCveOa0j+1SGaIMZG2tFI5YAkbvMwBk5b7w3Fc9mJr6rmUleL0287Xv+X9dT9Gad3b7PbV7P8Az8/N6XPCqKKK/Uj58+l65HxR4o+zb9P0',
  '+T9/92WZT/q/9kf7Xv2+vQ8UeKPs2/T9Pk/f/dlmU/6v/ZH+179vr04SvxDHY616dN+rO3gfgf2vLmWZR93eEH17Sku3Zdd3pvJpvauw03tXH6b2',
  'rsNN7V55xnMaRLv87jGNvf61jW3h77Hu/wBK378f8s8Yx+PvVzRrP/hFvP8A3n2r7Tt7bNu3P1z979K0LfS/7Q3fvvL2Y/hznP4+1c86/s1VnSja',
  'Dtrf9HructGmtFCXuz627eW++h111pUkj/a54ZS0n73E0CsUXbkhh90no2QR83PA4VzLOWUWslsIYt6iNXeRCrDCg5+8BlSRgnOcYyoqGK6QWQsp',
  '45Jkm4gG9F5ycquMld2cZUcABjjgiwbh2v1jEkUKbWZ40UYn3KVDKF5HUAAjjIxzw3n8spNK+19baW2289l09Ls6ZP2dr+umvTfrpb02tq9vPqKK',
  'KD+hDqqsQQbsO447D1ogg3Ydxx2HrVuvouHuHue2Lxa0+zHv5vy7Lr6b/iOdZ1y3w+HevV9vJefd9PXbwi0++K6vTe1cpaffFdXpvavo1sVHY//Z',
].join('');

const heightInPixels = 240;
const stripHeightInPixels = 16;

/**
 * A JPEG of 240 × 240 pixels: the stored strip over and over. Each restart begins the
 * prediction of the DC coefficients anew (ITU-T T.81, F.1.1.5.1), so that the strip's scan may follow itself.
 */
export function buildWarmUpPhoto(): Uint8Array {
  const strip = Buffer.from(stripInBase64, 'base64');
  const frame = strip.indexOf(Buffer.of(0xff, marker.sof0));
  const scan = strip.indexOf(Buffer.of(0xff, marker.sos));
  const scanData = scan + 2 + strip.readUInt16BE(scan + 2);
  const header = Buffer.from(strip.subarray(0, scanData));
  // After the marker: length in two bytes, precision in one, then the height.
  header.writeUInt16BE(heightInPixels, frame + 5);
  const data = strip.subarray(scanData, strip.length - 2);
  const parts: Uint8Array[] = [header, data];
  for (let row = 1; row < heightInPixels / stripHeightInPixels; row++) {
    parts.push(Buffer.of(0xff, marker.rst0 + ((row - 1) % 8)), data);
  }
  return Buffer.concat([...parts, Buffer.of(0xff, marker.eoi)]);
}
