import jpeg from 'jpeg-js';
import { drawParityPhoto } from '../model/parity/parity-photo.ts';

/** A baseline JPEG file of a garment-like drawing, the same at every call: a photo where none is at hand. */
export function drawnPhoto(width: number, height: number, seed = 1): Buffer {
  const key = [width, height, seed].join();
  const photo = drawn.get(key) ?? draw(width, height, seed);
  drawn.set(key, photo);
  return photo;
}

const drawn = new Map<string, Buffer>();

function draw(width: number, height: number, seed: number): Buffer {
  const { data } = drawParityPhoto({ kind: 'garment', width, height, seed });
  const rgba = Buffer.alloc(width * height * 4, 255);
  for (let pixel = 0; pixel < width * height; pixel++) rgba.set(data.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
  return jpeg.encode({ data: rgba, width, height }, 90).data;
}
