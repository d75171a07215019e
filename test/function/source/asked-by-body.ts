import { readPhotoRequest } from '../../../function/source/read-photo-request.ts';
import { drawnJpeg } from '../../helpers/drawn-jpeg.ts';
import { encodeRgbPng } from '../../helpers/png-file.ts';
import { drawQuadrants } from '../../helpers/quadrants.ts';

export const photo = drawnJpeg(8, 8);
export const png = encodeRgbPng(drawQuadrants(8, 8));
export const base64 = photo.toString('base64');
export const url = 'https://a.example/b.jpg';
export const asBytes = { kind: 'one', source: { kind: 'bytes', bytes: photo } };
export const asUrl = { kind: 'one', source: { kind: 'url', url } };

export function read(body: Uint8Array | string, contentType: string) {
  return readPhotoRequest(Buffer.from(body), contentType, 3);
}

export function withOptions(asked: object, options: Record<string, string>) {
  return { ...asked, options: new URLSearchParams(options) };
}
