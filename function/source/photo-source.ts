import type { ServiceError } from '../invocation/service-error.ts';

/** Where one photo is to be had. */
export type PhotoSource =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 's3'; readonly uri: string };

/** What a request asks about: one photo, or several of which each may have gone wrong by itself. */
export type PhotoRequest = (
  | { readonly kind: 'one'; readonly source: PhotoSource }
  | { readonly kind: 'items'; readonly items: readonly (PhotoSource | ServiceError)[] }
) & {
  /** What the body says of the options that the query may also give, as the query would; absent where it says nothing. */
  readonly options?: URLSearchParams;
};
