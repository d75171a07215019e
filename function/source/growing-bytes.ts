const initialCapacityInBytes = 65_536;

/** Bytes that come piece by piece. */
export interface GrowingBytes {
  readonly sizeInBytes: number;
  /** @throws RangeError past the maximum; whoever adds looks first */
  append(chunk: Uint8Array): void;
  /** All of them; what is appended later may show in it. */
  toBytes(): Uint8Array;
}

/**
 * Pieces are copied as they come, into a buffer that doubles: a body sent byte by byte would otherwise cost a hundred times
 * its size in objects.
 *
 * @param onGrow told the size of the buffer before it is made; what it throws, `append` does
 */
export function createGrowingBytes(
  maximumSizeInBytes: number,
  onGrow: (capacityInBytes: number) => void = () => undefined,
): GrowingBytes {
  let bytes = new Uint8Array(0);
  let sizeInBytes = 0;
  return {
    get sizeInBytes() {
      return sizeInBytes;
    },
    append(chunk) {
      const neededInBytes = sizeInBytes + chunk.length;
      if (neededInBytes > bytes.length) {
        const wishedInBytes = Math.max(neededInBytes, 2 * bytes.length, initialCapacityInBytes);
        const capacityInBytes = Math.min(wishedInBytes, maximumSizeInBytes);
        onGrow(capacityInBytes);
        const grown = new Uint8Array(capacityInBytes);
        grown.set(bytes.subarray(0, sizeInBytes));
        bytes = grown;
      }
      bytes.set(chunk, sizeInBytes);
      sizeInBytes = neededInBytes;
    },
    toBytes: () => bytes.subarray(0, sizeInBytes),
  };
}
