/** Bytes that may be held at a time. */
export interface ByteBudget {
  /**
   * Waits until so many are free, first come, first served, and gives what lets go of them. What is more than all there are
   * waits for all. Rejects with the signal's reason if that fires while waiting.
   */
  take(bytes: number, signal: AbortSignal): Promise<() => void>;
}

interface Waiting {
  readonly bytes: number;
  readonly begin: () => void;
}

/** @param allBytes above 0 */
export function createByteBudget(allBytes: number): ByteBudget {
  const waiting: Waiting[] = [];
  let freeBytes = allBytes;

  const beginNext = () => {
    for (let next = waiting[0]; next !== undefined && next.bytes <= freeBytes; next = waiting[0]) {
      waiting.shift();
      freeBytes -= next.bytes;
      next.begin();
    }
  };

  return {
    async take(wanted, signal) {
      signal.throwIfAborted();
      const bytes = Math.min(wanted, allBytes);
      const turn = Promise.withResolvers<void>();
      const place: Waiting = { bytes, begin: turn.resolve };
      const leave = () => {
        const index = waiting.indexOf(place);
        if (index === -1) return;
        waiting.splice(index, 1);
        turn.reject(signal.reason);
        beginNext();
      };
      signal.addEventListener('abort', leave, { once: true });
      waiting.push(place);
      beginNext();
      try {
        await turn.promise;
      } finally {
        signal.removeEventListener('abort', leave);
      }
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        freeBytes += bytes;
        beginNext();
      };
    },
  };
}
