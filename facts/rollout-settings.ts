import type { SettingTable } from './setting.ts';
import { oneOf, wholeNumber } from './setting-kinds.ts';

/** What of the stack's configuration says how a new version is released. Commands read it; no resource depends on it. */
export const rolloutSettings = {
  rollout: {
    ...oneOf('all-at-once', 'canary'),
    default: 'all-at-once',
    sentence:
      'how `npm run deploy` and `lambda-lens rollout` release a new version: to every request, or first to a few that are watched',
  },
  canaryPercent: {
    ...wholeNumber(1, 99, '%'),
    default: 10,
    sentence: 'how many requests a new version gets while it is watched',
  },
  canaryMinutes: {
    ...wholeNumber(1, 1_440, 'minutes'),
    default: 10,
    sentence: 'how long it is watched',
  },
  canaryRequests: {
    ...wholeNumber(1, 1_000_000, 'requests'),
    default: 10,
    sentence: 'how many requests it must have answered by then, for which it is given as long again',
  },
} as const satisfies SettingTable;

/**
 * The environment variable by which `npm run deploy` has the stack's program publish a version and leave live what is. In
 * no file, so that `pulumi up` by itself releases at once.
 */
export const heldVersionVariable = 'LAMBDA_LENS_HELD_VERSION';
