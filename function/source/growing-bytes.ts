const initialCapacityInBytes = 65_536;

/** Bytes that come piece by piece. */
export interface GrowingBytes {
  readonly sizeInBytes: number;
  /** @throws RangeError past the maximum; whoever adds looks first */
  append(chunk: Uint8Array): void;
  /** All of them, in the buffer itself: gone once it grows or is freed. */
  toBytes(): Uint8Array;
  /** Gives the memory back at once, not when some garbage is next collected. */
  free(): void;
}

export interface GrowingBytesOptions {
  readonly maximumSizeInBytes: number;
  /** Of the buffer at its first byte, where it can be guessed. */
  readonly expectedSizeInBytes?: number;
  /** Told the size of the buffer before it is made; what it throws, `append` does. */
  readonly onGrow?: (capacityInBytes: number) => void;
}

/**
 * Pieces are copied as they come, into a buffer that doubles: a body sent byte by byte would otherwise cost a hundred times
 * its size in objects.
 */
export function createGrowingBytes({
  maximumSizeInBytes,
  expectedSizeInBytes = initialCapacityInBytes,
  onGrow = () => undefined,
}: GrowingBytesOptions): GrowingBytes {
  let bytes = new Uint8Array(0);
  let sizeInBytes = 0;
  return {
    get sizeInBytes() {
      return sizeInBytes;
    },
    append(chunk) {
      const neededInBytes = sizeInBytes + chunk.length;
      if (neededInBytes > bytes.length) {
        const wishedInBytes = Math.max(neededInBytes, 2 * bytes.length, expectedSizeInBytes);
        const capacityInBytes = Math.min(wishedInBytes, maximumSizeInBytes);
        onGrow(capacityInBytes);
        bytes = new Uint8Array(bytes.buffer.transfer(capacityInBytes));
      }
      bytes.set(chunk, sizeInBytes);
      sizeInBytes = neededInBytes;
    },
    toBytes: () => bytes.subarray(0, sizeInBytes),
    free() {
      bytes = new Uint8Array(bytes.buffer.transfer(0));
      sizeInBytes = 0;
    },
  };
}
