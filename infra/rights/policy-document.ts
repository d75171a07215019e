export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A policy of IAM, as JSON has it. */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}

/** What everything of the stack is called by, in front. */
export const namePrefix = 'lambda-lens-';
/** The tag that tells the stack's HTTP APIs, which have no name of their own in an ARN, from others. */
export const projectTag = 'lambda-lens';
export const boundaryName = 'lambda-lens-boundary';

/** Actions of one service, separated by spaces. */
export function actions(service: string, names: string): readonly string[] {
  return names.split(/\s+/).map((name) => `${service}:${name}`);
}
