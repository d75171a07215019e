import type { FunctionControl } from '../operate/function-control.ts';
import type { VersionWatch } from './version-watch.ts';

/** Everything that a rollout reaches outside itself by. */
export interface RolloutParts {
  readonly control: FunctionControl;
  readonly watch: VersionWatch;
  /** Keeps the image of a version from being cleaned away; it may be unable to. */
  readonly keepImage: (version: string) => Promise<unknown>;
  /** What the service asks of callers, where it is known otherwise than from the version's own variables. */
  readonly secret: string | undefined;
  readonly tell: (line: string) => void;
  readonly now: () => Date;
  /** Ends early where it is stopped. */
  readonly pause: (milliseconds: number) => Promise<unknown>;
  /** Set off by whoever wants no more of it. */
  readonly stopped: AbortSignal;
}
