const digits = '123456789';
const letters = 'abcdefghijklmnopqrstuvwxyz';

/** The key of the label at a position: 1 to 9, then letters; undefined for what is found by its name alone. */
export function keyOf(position: number): string | undefined {
  return (digits + letters)[position];
}

/** What was pressed, as far as it matters to a key of a label. */
export interface PressedKey {
  readonly key: string;
  /** The place on the keyboard. */
  readonly code: string;
}

/** The position of the label that a key stands for, 0 to 34. */
export function positionOf(pressed: PressedKey): number | undefined {
  const position = (digits + letters).indexOf(characterOf(pressed));
  return position === -1 ? undefined : position;
}

/** Whether it is the key of "none of these". */
export function isNoneKey(pressed: PressedKey): boolean {
  return characterOf(pressed) === '0';
}

/** By its place where the keyboard has other characters there: digits of a French one, letters of a Greek one. */
function characterOf({ key, code }: PressedKey): string {
  if (/^[0-9a-z]$/i.test(key)) return key.toLowerCase();
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  if (digit !== undefined) return digit;
  const isOtherLetter = /^\p{L}$/u.test(key);
  return isOtherLetter ? (/^Key([A-Z])$/.exec(code)?.[1] ?? '').toLowerCase() || '?' : '?';
}
