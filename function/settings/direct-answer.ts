import type { functionSettings } from '../../facts/function-settings.ts';
import { type SettingValue, variableOf } from '../../facts/setting.ts';
import { SettingError } from './setting-error.ts';

/** How a bare event `{"image_url"}` is answered: by scores, as any other, or as the course's handler of 2026 does. */
export type DirectAnswer = SettingValue<typeof functionSettings.directAnswer>;

/**
 * The course's answer says one probability and whether it is a half at least, so that it fits a model of two labels alone.
 * @throws SettingError
 */
export function checkDirectAnswer(directAnswer: DirectAnswer, labels: readonly string[]): void {
  if (directAnswer === 'labels' || labels.length === 2) return;
  throw new SettingError(
    variableOf('directAnswer'),
    directAnswer,
    `labels with this model: course-2026 is for two, and it has ${labels.length}`,
  );
}
