import type { FrameHeader, JpegProcess } from './frame-header.ts';

const undecodedProcesses: Partial<Record<JpegProcess, string>> = {
  lossless: 'a lossless JPEG',
  hierarchical: 'a hierarchical JPEG',
  arithmetic: 'a JPEG with arithmetic coding',
  'jpeg-ls': 'a JPEG-LS picture',
};

/** What kind of JPEG this is, as words for a sentence, when it is one that is not decoded; otherwise undefined. */
export function unsupportedReason({ process, precision, components }: FrameHeader): string | undefined {
  const undecoded = undecodedProcesses[process];
  if (undecoded !== undefined) return undecoded;
  if (precision !== 8) return `a JPEG of ${precision} bits a sample`;
  if (components.length === 2 || components.length > 4) return `a JPEG of ${components.length} colour components`;
  return undefined;
}
