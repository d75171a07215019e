import { functionSettings } from '../../facts/function-settings.ts';
import type { SettingValues } from '../../facts/setting.ts';
import { type LimitName, type Limits, readLimits } from './limits.ts';
import { type Environment, readTable } from './read-setting.ts';

/** What the environment says of the service as a whole. */
export interface ServiceSettings extends Omit<SettingValues<typeof functionSettings>, LimitName> {
  readonly limits: Limits;
}

/** @throws SettingError naming the variable, its value and what it may be */
export function readSettings(environment: Environment): ServiceSettings {
  return { ...readTable(functionSettings, environment), limits: readLimits(environment) };
}
