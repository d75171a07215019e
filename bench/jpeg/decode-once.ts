import { readFile } from 'node:fs/promises';
import { decodeWith } from './decoders.ts';

/**
 * Prints by how many megabytes the process grew at its peak to decode one file: `decoder minimum path`. A tiny picture goes
 * before, so that the decoder's own code is not counted as the picture's.
 */
const [decoder = '', minimum = '', path = ''] = process.argv.slice(2);
const decode = decodeWith(decoder, Number(minimum));
decode(await readFile(new URL('../../test/fixtures/jpeg/h2v2.jpg', import.meta.url)));
const file = await readFile(path);
const idle = process.memoryUsage().rss;
decode(file);
// maxRSS is in kilobytes; a process that has been larger before shows no growth at all.
console.log(Math.max(0, process.resourceUsage().maxRSS * 1024 - idle) / 1e6);
