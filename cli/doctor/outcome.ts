/** What a check found. */
export type Outcome =
  | { readonly status: 'ok'; readonly detail: string }
  | { readonly status: 'failed'; readonly detail: string; readonly fix: string }
  | { readonly status: 'skipped'; readonly detail: string };

/** A check's outcome under its name. */
export type Finding = Outcome & { readonly name: string; readonly phase: 'before' | 'after' };

export function ok(detail: string): Outcome {
  return { status: 'ok', detail };
}

/** `fix`: the one thing to do about it. */
export function failed(detail: string, fix: string): Outcome {
  return { status: 'failed', detail, fix };
}

/** `why`: what it would have taken to check. */
export function skipped(why: string): Outcome {
  return { status: 'skipped', detail: why };
}
