/** What a decoder says and asks while it works. */
export interface DecodeWatch {
  /** Something is wrong with the file that is not the picture's: a few words, such as `no end marker`. */
  warn(what: string): void;
  /** Throws once nobody waits for the picture any more; asked between rows and scans. */
  throwIfOver(): void;
}

/** For whoever wants the pixels alone, however long they take. */
export const unwatched: DecodeWatch = { warn: () => undefined, throwIfOver: () => undefined };
