/** The lowest `count` bits from the last to the first: Huffman codes begin with their highest bit, bytes with their lowest. */
export function reversedBits(value: number, count: number): number {
  let reversed = 0;
  for (let left = count, rest = value; left > 0; left--, rest >>= 1) reversed = (reversed << 1) | (rest & 1);
  return reversed;
}
