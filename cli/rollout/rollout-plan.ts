import type { Setting, SettingValues } from '../../facts/setting.ts';
import { stackSettings } from '../../facts/stack-settings.ts';

/** How a version is released. */
export interface RolloutPlan {
  readonly isCanary: boolean;
  /** Of the requests, while it is watched. */
  readonly percent: number;
  readonly minutes: number;
  /** That it must have answered. */
  readonly leastRequests: number;
  /** More requests than this must not fail, as the alarms of the stack have it. */
  readonly errorPercent: number;
  /** Of the timeout, that the slowest hundredth may take. */
  readonly durationPercent: number;
}

const names = [
  'rollout',
  'canaryPercent',
  'canaryMinutes',
  'canaryRequests',
  'alarmErrorPercent',
  'alarmDurationPercent',
] as const satisfies readonly (keyof typeof stackSettings)[];

/** @param get what the stack's file says of a setting; what it can't mean is the default's, since `pulumi up` refuses it */
export function readPlan(get: (setting: string) => string | undefined): RolloutPlan {
  const entries = names.map((name) => {
    const row: Setting = stackSettings[name];
    const text = get(name);
    return [name, (text === undefined ? undefined : row.parse(text)) ?? row.default];
  });
  const found: Pick<SettingValues<typeof stackSettings>, (typeof names)[number]> = Object.fromEntries(entries);
  return {
    isCanary: found.rollout === 'canary',
    percent: found.canaryPercent,
    minutes: found.canaryMinutes,
    leastRequests: found.canaryRequests,
    errorPercent: found.alarmErrorPercent,
    durationPercent: found.alarmDurationPercent,
  };
}
