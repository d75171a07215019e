import type { AwsAccount } from '../doctor/aws-account.ts';
import type { StackOutputs } from '../doctor/read-stack.ts';
import type { RunProgram } from '../doctor/run-program.ts';
import type { FunctionControl } from '../operate/function-control.ts';
import type { ImageShelf } from '../operate/image-shelf.ts';
import type { StackFile } from '../operate/stack-file.ts';
import type { VersionWatch } from '../rollout/version-watch.ts';

/** The stack of a verification, which is made for it and taken away after it. */
export const verifyStack = 'verify-aws';

/** Everything that a verification reaches outside itself by. */
export interface VerifyParts {
  readonly projectDirectory: string;
  readonly region: string;
  /** What the doors ask of callers while it runs, so that nobody else runs up the bill. */
  readonly secret: string;
  /** A managed policy that a deployer of least rights has to set. */
  readonly permissionsBoundary: string | undefined;
  /** The photo that the course's event names. */
  readonly photoUrl: string;
  /** Runs programs for as long as a deployment takes. */
  readonly run: RunProgram;
  /** The same, with a version that the stack's program leaves live. */
  readonly runHolding: (version: string) => RunProgram;
  readonly connect: () => Promise<AwsAccount>;
  readonly connectFunction: (functionName: string) => Promise<FunctionControl>;
  readonly openShelf: (repository: string) => Promise<ImageShelf>;
  readonly openFile: () => Promise<StackFile>;
  /** The ARNs of what has the tags of the stack. */
  readonly findTagged: () => Promise<readonly string[]>;
  readonly watchVersions: (functionName: string, logGroup: string | undefined) => Promise<VersionWatch>;
  readonly now: () => Date;
  readonly pause: (milliseconds: number) => Promise<unknown>;
}

/** What one step hands on to the next. */
export interface Handover {
  outputs: StackOutputs & { readonly functionName: string };
  firstVersion: string;
}

/** @returns what was seen, a sentence a line; throws where it is not as promised */
export type Step = readonly [name: string, run: () => Promise<readonly string[]>];

export interface StepRecord {
  readonly name: string;
  readonly status: 'ok' | 'failed' | 'left out';
  readonly seconds: number;
  readonly seen: readonly string[];
}
