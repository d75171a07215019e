import type { Script } from 'node:vm';
export function codeOf(path: string): string;
export function loadScript(url: string | URL): { readonly script: Script; readonly exports: Record<string, unknown> };
