/** What a thread that makes features is started with. */
export interface FeatureThreadSettings {
  readonly body: string;
  readonly wasmFile: string;
  readonly webpWasmFile: string;
  /** 1, or 2 with the mirrored photo. */
  readonly views: number;
  /** Hexadecimal SHA-256 of photos whose features are there already. */
  readonly known: readonly string[];
}

export interface FeatureJob {
  readonly index: number;
  readonly path: string;
}

export interface ReadPhoto {
  readonly kind: 'done';
  readonly index: number;
  readonly hash: string;
  /** Undefined for a known photo. */
  readonly made?: { readonly fingerprint: bigint; readonly features: Float32Array<ArrayBuffer> };
}

export type FeatureMessage =
  | { readonly kind: 'ready' }
  /** The body can't be opened. */
  | { readonly kind: 'failed'; readonly message: string; readonly hint: string | undefined; readonly stack: string }
  | ReadPhoto
  | { readonly kind: 'unreadable'; readonly index: number; readonly reason: string };
