import { SettingError } from './setting-error.ts';

/** How a bare event `{"image_url"}` is answered: by scores, as any other, or as the course's handler of 2026 does. */
export type DirectAnswer = 'labels' | 'course-2026';

const variable = 'DIRECT_ANSWER';

/** @throws SettingError */
export function readDirectAnswer(text: string | undefined): DirectAnswer {
  const value = text || 'labels';
  if (value === 'labels' || value === 'course-2026') return value;
  throw new SettingError(variable, value, 'labels or course-2026');
}

/**
 * The course's answer says one probability and whether it is a half at least, so that it fits a model of two labels alone.
 * @throws SettingError
 */
export function checkDirectAnswer(directAnswer: DirectAnswer, labels: readonly string[]): void {
  if (directAnswer === 'labels' || labels.length === 2) return;
  throw new SettingError(
    variable,
    directAnswer,
    `labels with this model: course-2026 is for two, and it has ${labels.length}`,
  );
}
