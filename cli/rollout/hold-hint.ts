/** What a person may want to know whose version was not released. */
export function holdHint(version: string, before: string): string {
  return (
    `"lambda-lens rollout" tries version ${version} again. "pulumi up" by itself would release it, ` +
    `unless "lambda-lens rollback ${before}" holds version ${before}.`
  );
}
