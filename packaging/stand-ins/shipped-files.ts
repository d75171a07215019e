import { fileURLToPath } from 'node:url';
import type { shippedFiles as sources } from '../../cli/init/shipped-files.ts';

/** Stands for cli/init/shipped-files.ts in the package. */
export const shippedFiles: Readonly<Record<keyof typeof sources, string>> = {
  root: fileURLToPath(new URL('../', import.meta.url)),
  template: fileURLToPath(new URL('../template', import.meta.url)),
  examples: fileURLToPath(new URL('../examples', import.meta.url)),
  body: fileURLToPath(new URL('../model/efficientnet-lite0', import.meta.url)),
};
