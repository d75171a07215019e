import { drawnJpeg } from './drawn-jpeg.ts';

export const photo = drawnJpeg(20, 30);
export const base64 = photo.toString('base64');
const json = { 'content-type': 'application/json' };
export const predict = { method: 'POST', path: '/predict', body: photo };

export function predictJson(value: unknown) {
  return { method: 'POST', path: '/predict', headers: json, body: JSON.stringify(value) };
}
