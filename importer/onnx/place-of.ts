import type { OnnxNode } from './onnx-model.ts';

/** What a node is called in messages and in the graph. */
export function placeOf({ name, op }: OnnxNode, number: number): string {
  return placeName(name) || `${op.toLowerCase().replace(/[^a-z0-9]+/g, '_')}_${number}`;
}

const longestPlace = 120;

/** A name of the file’s, without what TensorFlow allows in none. */
export function placeName(name: string): string {
  const plainName = name.slice(0, longestPlace).replace(/^\/+/, '');
  return plainName.replace(/[^\w./:-]/g, '_');
}
