import type { GraphNode } from '../graph/graph-file.ts';

interface AttributeJson {
  readonly s?: string;
  readonly b?: boolean;
  readonly shape?: { readonly dim?: readonly { readonly size?: string | number }[] };
  readonly list?: { readonly i?: readonly (string | number)[]; readonly s?: readonly string[] };
}

function read(node: GraphNode, key: string): AttributeJson {
  return (node.attr?.[key] ?? {}) as AttributeJson;
}

export function readText(node: GraphNode, key: string): string | undefined {
  const { s } = read(node, key);
  return s === undefined ? undefined : decode(s);
}

export function readTexts(node: GraphNode, key: string): string[] {
  return (read(node, key).list?.s ?? []).map(decode);
}

export function readIntegers(node: GraphNode, key: string): number[] {
  return (read(node, key).list?.i ?? []).map(Number);
}

export function readFlag(node: GraphNode, key: string): boolean {
  return read(node, key).b === true;
}

/** The sizes of a shape, below 1 where they are open. */
export function readShape(node: GraphNode, key: string): number[] | undefined {
  return read(node, key).shape?.dim?.map(({ size }) => Number(size ?? -1));
}

function decode(base64: string): string {
  return Buffer.from(base64, 'base64').toString('latin1');
}
