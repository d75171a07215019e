export const project: URL;
export const directory: URL;
export const format: number;
/** The URL of the module to start. */
export function findEntry(root?: URL, prebuilt?: URL): string;
