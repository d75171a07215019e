/** The absolute path of a private folder for compiled code, which is made where it is missing. */
export function findCodeCache(root?: URL, environment?: NodeJS.ProcessEnv): string | undefined;
