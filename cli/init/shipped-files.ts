import { fileURLToPath } from 'node:url';

/** What `init` copies; in the package these lie elsewhere, and its own module stands for this one. */
export const shippedFiles = {
  /** The folder of the package itself. */
  root: fileURLToPath(new URL('../../', import.meta.url)),
  template: fileURLToPath(new URL('../../packaging/template', import.meta.url)),
  /** Photos by label: `<label>.jpg`. */
  examples: fileURLToPath(new URL('../../examples', import.meta.url)),
  /** What `train` begins with. */
  body: fileURLToPath(new URL('../../model/efficientnet-lite0', import.meta.url)),
} as const;
