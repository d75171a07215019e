import { readFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { decodePhoto } from '../../photo/decode-photo.ts';
import { PhotoError } from '../../photo/photo-error.ts';

/**
 * Decodes the file named, for an input of 192 × 192 pixels (`reduced`) or whole (`whole`), and prints as JSON what it took.
 * A tiny picture goes before, so that the decoder's own code is not counted as the picture's.
 */
const [path = '', size = '', limits = '{}'] = process.argv.slice(2);
const options = {
  ...JSON.parse(limits),
  ...(size === 'reduced' && { minimumSize: { width: 192, height: 192 } }),
};
setFlagsFromString('--single-threaded-gc');
await decodePhoto(await readFile(new URL('../../test/fixtures/jpeg/h2v2.jpg', import.meta.url)), options);
const file = await readFile(path);
const idle = process.memoryUsage().rss;
const before = process.cpuUsage();
let outcome = 'decoded';
try {
  await decodePhoto(file, options);
} catch (error) {
  if (!(error instanceof PhotoError)) throw error;
  outcome = error.kind;
}
const { user, system } = process.cpuUsage(before);
console.log(
  JSON.stringify({ outcome, seconds: (user + system) / 1e6, megabytes: Math.max(0, (await peak()) - idle) / 1e6 }),
);

/** Linux counts what the parent process held before it started this one into `maxRSS`, but not into `VmHWM`. */
async function peak(): Promise<number> {
  const status = process.platform === 'linux' ? await readFile('/proc/self/status', 'utf8') : '';
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS) * 1024;
}
