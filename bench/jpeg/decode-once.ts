import { readFile } from 'node:fs/promises';
import { drawnJpeg } from '../../test/helpers/drawn-jpeg.ts';
import { decodeWith } from './decoders.ts';

/**
 * Prints by how many megabytes the process grew at its peak to decode one file: `decoder minimum path`. A small picture goes
 * before, so that compiled code is not counted as the picture's.
 */
const [decoder = '', minimum = '', path = ''] = process.argv.slice(2);
const decode = decodeWith(decoder, Number(minimum));
decode(drawnJpeg(1200, 900));
const file = await readFile(path);
const idle = process.memoryUsage().rss;
decode(file);
// maxRSS is in kilobytes; a process that has been larger before shows no growth at all.
console.log(Math.max(0, process.resourceUsage().maxRSS * 1024 - idle) / 1e6);
