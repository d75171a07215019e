import type { FrameLayout } from './markers/frame-layout.ts';
import type { JpegHeader } from './markers/jpeg-header.ts';
import { slotsBySize } from './markers/zigzag.ts';

const bytesPerPixel = 3;
/** Two words, in which a progressive decode notes which coefficients of a block it has met. */
const historyInBytes = 8;

/** What decoding takes at its peak, beside a few rows: pixels, and what is kept of components until the last scan is read. */
export function estimateMemory(bytes: Uint8Array, header: JpegHeader, frame: FrameLayout): number {
  const pixels = frame.width * frame.height * bytesPerPixel;
  const { components } = frame;
  const kept = components.map(({ paddedBlocksAcross, paddedBlocksDown, blockSize }) => {
    const blocks = paddedBlocksAcross * paddedBlocksDown;
    const { count } = slotsBySize[blockSize];
    return header.process === 'progressive' ? blocks * (2 * count + historyInBytes) : blocks * count;
  });
  // The first byte of a scan header is its number of components: with all of them in one scan, nothing is kept.
  const isAtOnce = header.process !== 'progressive' && bytes[header.firstScan.start] === components.length;
  return pixels + (isAtOnce ? 0 : kept.reduce((sum, each) => sum + each, 0));
}
