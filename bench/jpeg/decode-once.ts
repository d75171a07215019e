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
console.log(Math.max(0, (await peakResidentBytes()) - idle) / 1e6);

/** Linux counts what the parent process held before it started this one into `maxRSS`, but not into `VmHWM`. */
async function peakResidentBytes(): Promise<number> {
  const status = process.platform === 'linux' ? await readFile('/proc/self/status', 'utf8') : '';
  const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS;
  return Number(kilobytes) * 1024;
}
