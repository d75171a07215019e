import { drawnJpeg } from '../../test/helpers/drawn-jpeg.ts';
import { startS3StandIn } from '../../test/helpers/s3-stand-in.ts';

// An S3 in a process of its own, so that what it takes of a processor is not the function's: answers come after so many
// milliseconds. Its bucket `photos` holds photos of so many megapixels.

const [delay = '30', count = '500'] = process.argv.slice(2);
const s3 = await startS3StandIn({ delayInMilliseconds: Number(delay) });
const sizes = [
  [400, 534],
  [534, 400],
  [462, 462],
] as const;
const photos = sizes.map(([width, height]) => drawnJpeg(width, height));
for (let index = 0; index < Number(count); index++) {
  s3.objects.set(`photos/${index}.jpg`, photos[index % photos.length] as Uint8Array);
}
process.send?.(s3.environment);
process.once('disconnect', () => process.exit());
