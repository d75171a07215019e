// The course's kind of handler in JavaScript: sharp (libvips) opens and resizes the photo, a runtime for Node.js runs the model.
//   node serve-node.ts RUNTIME MODEL_FILE SIDE_IN_PIXELS PORT
import { createServer } from 'node:http';
import { availableParallelism } from 'node:os';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { type NodeRuntime, openNodeRuntime } from './node-runtimes.ts';

const [runtime, modelFile, sideInPixels, port] = process.argv.slice(2) as [NodeRuntime, string, string, string];
const side = Number(sideInPixels);
// Left to themselves libvips and the runtimes take every processor of the machine, whatever they were pinned to.
const threads = availableParallelism();
sharp.concurrency(threads);
const run = await openNodeRuntime(runtime, modelFile, [1, side, side, 3], threads);

async function photoToPixels(photo: Buffer): Promise<Float32Array> {
  const bytes = await sharp(photo)
    .toColourspace('srgb')
    .removeAlpha()
    .resize(side, side, { fit: 'fill', kernel: 'nearest' })
    .raw()
    .toBuffer();
  return Float32Array.from(bytes, (byte) => byte / 127.5 - 1);
}

createServer((request, response) => {
  buffer(request)
    .then(photoToPixels)
    .then(run)
    .then(
      (scores) => response.end(JSON.stringify(Array.from(scores))),
      (error: Error) => response.writeHead(500).end(error.message),
    );
}).listen(Number(port), '127.0.0.1');
