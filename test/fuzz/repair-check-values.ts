import { crc32 } from 'node:zlib';
import { pngSignature } from '../helpers/png-file.ts';

/** A PNG with the check value of each chunk put right, so that a mutation gets past them; anything else as it is. */
export function repairCheckValues(input: Buffer): Buffer {
  if (!input.subarray(0, 8).equals(pngSignature)) return input;
  const repaired = Buffer.from(input);
  for (let at = 8; at + 12 <= repaired.length; ) {
    const end = at + 8 + repaired.readUInt32BE(at);
    if (end + 4 > repaired.length) break;
    repaired.writeUInt32BE(crc32(repaired.subarray(at + 4, end)), end);
    at = end + 4;
  }
  return repaired;
}
