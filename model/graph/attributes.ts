import type { StoredNode } from './graph-file.ts';

interface StoredAttribute {
  readonly s?: string;
  readonly b?: boolean;
  readonly i?: string | number;
  readonly shape?: { readonly dim?: readonly { readonly size?: string | number }[] };
  readonly list?: { readonly i?: readonly (string | number)[]; readonly s?: readonly string[] };
}

function read(node: StoredNode, key: string): StoredAttribute {
  return (node.attr?.[key] ?? {}) as StoredAttribute;
}

export function readText(node: StoredNode, key: string): string | undefined {
  const { s } = read(node, key);
  return s === undefined ? undefined : decode(s);
}

export function readTexts(node: StoredNode, key: string): string[] {
  return (read(node, key).list?.s ?? []).map(decode);
}

export function readIntegers(node: StoredNode, key: string): number[] {
  return (read(node, key).list?.i ?? []).map(Number);
}

export function readInteger(node: StoredNode, key: string): number {
  return Number(read(node, key).i ?? 0);
}

export function readFlag(node: StoredNode, key: string): boolean {
  return read(node, key).b === true;
}

/** The sizes of a shape, below 1 where they are open. */
export function readShape(node: StoredNode, key: string): number[] | undefined {
  return read(node, key).shape?.dim?.map(({ size }) => Number(size ?? -1));
}

function decode(base64: string): string {
  return Buffer.from(base64, 'base64').toString('latin1');
}
