/** Something that strangers' bytes reach. Each target is a module of its own, so that a worker can load it by its URL. */
export interface FuzzTarget {
  /** Valid and nearly valid inputs that mutation starts from. */
  seeds(): Promise<readonly Uint8Array[]>;
  /** Puts right what would stop a mutated input at the door, such as check values, so that it gets further in. */
  repair?(input: Uint8Array): Uint8Array;
  /** Throws when the input is answered in a way that it must not be. */
  check(input: Uint8Array): Promise<void>;
}
