/** The targets by name: modules that export `target`, a FuzzTarget. */
export const targetModules: Readonly<Record<string, URL>> = {
  photo: new URL('./photo-target.ts', import.meta.url),
};
