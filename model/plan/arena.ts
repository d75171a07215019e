/** A stretch of memory that a plan needs from one step to another. */
export class Storage {
  readonly lengthInFloats: number;
  /** In bytes; known once all storages are placed. */
  address = 0;
  /** The steps, counted from 0, between which its content matters. */
  firstStep = Number.POSITIVE_INFINITY;
  lastStep = Number.NEGATIVE_INFINITY;

  constructor(lengthInFloats: number) {
    this.lengthInFloats = lengthInFloats;
  }

  get sizeInBytes(): number {
    return alignedSize(this.lengthInFloats * Float32Array.BYTES_PER_ELEMENT);
  }

  useAt(step: number): void {
    this.firstStep = Math.min(this.firstStep, step);
    this.lastStep = Math.max(this.lastStep, step);
  }
}

// A cache line, so that no two storages share one.
const alignmentInBytes = 64;

export function alignedSize(sizeInBytes: number): number {
  return Math.ceil(sizeInBytes / alignmentInBytes) * alignmentInBytes;
}

/**
 * Gives each storage an address from `start` on; those that are not in use at the same time may share bytes. The largest
 * are placed first, each at the lowest place that is free while it is in use (Y. Pisarchyk and J. Lee, "Efficient Memory
 * Management for Deep Neural Net Inference", 2020, "greedy by size").
 * @returns the first byte behind all of them
 */
export function placeStorages(storages: Iterable<Storage>, start: number): number {
  const placed: Storage[] = [];
  let end = start;
  for (const storage of [...storages].sort((a, b) => b.lengthInFloats - a.lengthInFloats)) {
    const neighbours = placed.filter(
      (other) => other.firstStep <= storage.lastStep && storage.firstStep <= other.lastStep,
    );
    let address = start;
    for (const other of neighbours.sort((a, b) => a.address - b.address)) {
      if (address + storage.sizeInBytes <= other.address) break;
      address = Math.max(address, other.address + other.sizeInBytes);
    }
    storage.address = address;
    placed.push(storage);
    end = Math.max(end, address + storage.sizeInBytes);
  }
  return end;
}
