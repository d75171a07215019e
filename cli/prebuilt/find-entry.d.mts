export const project: URL;
export const directory: URL;
export const format: number;
export const entries: { readonly command: string; readonly service: string };
/** The name of an entry's record, beside it. */
export function recordOf(entry: string): string;
/** What to start for a command: a prebuilt module or script, or the module of the sources. */
export function findEntry(command: string | undefined, root?: URL, prebuilt?: URL): URL;
