/** Of this process's environment only where compiled code is kept, for a program whose settings a test gives. */
export const bareEnvironment: Readonly<Record<string, string>> = {
  ...(process.env.NODE_COMPILE_CACHE !== undefined && { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE }),
};
