/** What is allowed, as IAM has it; a type and no interface, since those are no records. */
export type Statement = {
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

/** A policy that allows what its statements say, as IAM takes it. */
export function allow(...statements: readonly Readonly<Record<string, unknown>>[]): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })),
  });
}
