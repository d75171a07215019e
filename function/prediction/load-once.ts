/** `load`, run at the first call and shared by all later ones; a failure is not remembered, so the next call tries again. */
export function loadOnce<Value>(load: () => Promise<Value>): () => Promise<Value> {
  let loading: Promise<Value> | undefined;
  return () => {
    if (loading === undefined) {
      const attempt = load();
      loading = attempt;
      attempt.catch(() => {
        loading = undefined;
      });
    }
    return loading;
  };
}
