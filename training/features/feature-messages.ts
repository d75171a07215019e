/** What a thread that makes features is started with. */
export interface FeatureThreadSettings {
  readonly body: string;
  readonly wasmFile: string;
  readonly webpWasmFile: string;
  /** Hexadecimal SHA-256 of photos whose features are there already. */
  readonly known: readonly string[];
}

export interface ReadPhoto {
  readonly kind: 'done';
  readonly hash: string;
  /** Undefined for a known photo. */
  readonly made?: { readonly fingerprint: bigint; readonly features: Float32Array<ArrayBuffer> };
}

export interface UnreadablePhoto {
  readonly kind: 'unreadable';
  readonly reason: string;
}

/** What became of one photo. */
export type PhotoFeatures = ReadPhoto | UnreadablePhoto;
