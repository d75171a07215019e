import { describe, expect, it } from 'vitest';
import { readJpegHeader } from '../../../../photo/jpeg/markers/jpeg-header.ts';
import { encodeJpeg } from '../encoder/encode-jpeg.ts';
import { sampling } from '../encoder/sampling.ts';

const picture = {
  width: 25,
  height: 17,
  sampling: sampling('2x1,1x1,1x1'),
};

describe('readJpegHeader', () => {
  it('tells size, process, precision, components and where tables and the first scan are', () => {
    expect(readJpegHeader(encodeJpeg({ ...picture, restartInterval: 3 }))).toMatchObject({
      process: 'baseline',
      precision: 8,
      width: 25,
      height: 17,
      components: [
        { id: 1, horizontalSampling: 2, verticalSampling: 1, quantisation: 0 },
        { id: 2, horizontalSampling: 1, verticalSampling: 1, quantisation: 0 },
        { id: 3, horizontalSampling: 1, verticalSampling: 1, quantisation: 0 },
      ],
      colour: 'ycbcr',
      exif: undefined,
      xmp: undefined,
      tableSegments: [{ code: 0xdb }, { code: 0xc4 }, { code: 0xdd }],
      firstScan: { code: 0xda },
    });
  });

  it.each([
    [0xc0, 'baseline'],
    [0xc1, 'extended'],
    [0xc2, 'progressive'],
    [0xc3, 'lossless'],
    [0xc6, 'hierarchical'],
    [0xc9, 'arithmetic'],
    [0xcd, 'arithmetic'],
    [0xf7, 'jpeg-ls'],
  ])('names the process of frame marker %i', (frameMarker, process) => {
    expect(readJpegHeader(encodeJpeg({ ...picture, frameMarker })).process).toBe(process);
  });

  it('finds the height in the DNL segment behind a scan with restart markers', () => {
    expect(readJpegHeader(encodeJpeg({ ...picture, hasDnl: true, restartInterval: 1 })).height).toBe(17);
  });

  it('finds the first Exif segment, not XMP', () => {
    const xmp = [0xff, 0xe1, 0, 8, ...Buffer.from('http:/')];
    const exif = [0xff, 0xe1, 0, 12, ...Buffer.from('Exif\0\0MM\0*')];
    const jpeg = encodeJpeg({ ...picture, segments: [...xmp, ...exif, ...exif] });

    const found = readJpegHeader(jpeg).exif;

    expect(Buffer.from(found as Uint8Array).toString('latin1')).toBe('MM\0*');
    expect(found?.byteOffset).toBe(2 + xmp.length + 10);
  });

  it('passes over bytes between segments as other decoders do', () => {
    expect(readJpegHeader(encodeJpeg({ ...picture, segments: [0, 0, 7, 0xff, 0] })).width).toBe(25);
  });

  it('reads nothing behind the first scan', () => {
    const jpeg = encodeJpeg(picture);
    const scan = Buffer.from(jpeg).indexOf(Buffer.from([0xff, 0xda]));

    expect(readJpegHeader(jpeg.subarray(0, scan + 14)).height).toBe(17);
  });
});
