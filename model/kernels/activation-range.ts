/** The range that an activation clamps to, for those that are a clamp; undefined for the others. */
export function activationRange(activation: string): readonly [low: number, high: number] | undefined {
  switch (activation) {
    case 'linear':
      return [-Infinity, Infinity];
    case 'relu':
      return [0, Infinity];
    case 'relu6':
      return [0, 6];
    default:
      return undefined;
  }
}
