import { writeFileSync } from 'node:fs';
import { drawnJpeg } from './drawn-jpeg.ts';

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: node write-drawn-photo.ts FILE.jpg');
writeFileSync(file, drawnJpeg(400, 534));
