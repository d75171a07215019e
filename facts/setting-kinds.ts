import type { SettingKind } from './setting.ts';

export interface WholeNumber extends SettingKind<number> {
  readonly minimum: number;
  readonly maximum: number;
}

export function wholeNumber(minimum: number, maximum: number, unit?: string): WholeNumber {
  const accepts = (value: unknown): value is number =>
    Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum;
  return {
    ...kind(`a whole number from ${minimum} to ${maximum}`, accepts, (text) => numberIn(/^\d{1,15}$/, text)),
    minimum,
    maximum,
    ...(unit !== undefined && { unit }),
  };
}

/** A number above 0. */
export function positiveNumber(maximum: number, unit?: string): SettingKind<number> {
  const accepts = (value: unknown): value is number => typeof value === 'number' && value > 0 && value <= maximum;
  const parse = (text: string) => numberIn(/^\d{1,9}(\.\d{1,9})?$/, text);
  return { ...kind(`a number above 0, at most ${maximum}`, accepts, parse), ...(unit !== undefined && { unit }) };
}

/** No wildcard in a prefix: the policy of the function's role would read it as one. */
export function isPlaceInS3(entry: string): boolean {
  return /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:\/[^*?$]*)?$/.test(entry) && !entry.split('/', 1)[0]?.includes('..');
}

export function placeInS3(): SettingKind<string> {
  return text('an S3 bucket or bucket/prefix (without *, ? or $)', isPlaceInS3);
}

/** From nothing to all of it. */
export function share(): SettingKind<number> {
  const accepts = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 1;
  return kind('a share from 0 to 1', accepts, (text) => numberIn(/^\d(\.\d{1,9})?$/, text));
}

export function oneOf<const Value extends string | number>(...values: readonly Value[]): SettingKind<Value> {
  const allowed = `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
  const accepts = (value: unknown): value is Value => values.includes(value as Value);
  // YAML reads a bare off as false.
  const parse = (text: string) =>
    values.find((value) => String(value) === text || (value === 'off' && text === 'false'));
  return kind(allowed, accepts, parse);
}

export function onOrOff(): SettingKind<boolean> {
  const meanings: Readonly<Record<string, boolean>> = { on: true, true: true, off: false, false: false };
  const accepts = (value: unknown): value is boolean => typeof value === 'boolean';
  return {
    ...kind('on or off', accepts, (text) => meanings[text]),
    print: (isOn) => (isOn ? 'on' : 'off'),
  };
}

/** A text as it is, though not a blank one. */
export function text(allowed: string, isGood: (value: string) => boolean = () => true): SettingKind<string> {
  const accepts = (value: unknown): value is string => typeof value === 'string' && value !== '' && isGood(value);
  return kind(allowed, accepts, (value) => value);
}

/**
 * Texts separated by commas, or JSON, as Pulumi hands lists over. A stray comma is refused, not skipped: a list of
 * nothing but commas would otherwise allow what an empty list does.
 */
export function listOf(
  allowed: string,
  isGood: (entries: readonly string[]) => boolean,
): SettingKind<readonly string[]> {
  const accepts = (value: unknown): value is readonly string[] =>
    Array.isArray(value) && value.every((entry) => typeof entry === 'string' && entry !== '') && isGood(value);
  return { ...kind(`${allowed}, separated by commas`, accepts, toEntries), print: (entries) => entries.join(',') };
}

/** Names and texts: `{"name": "text"}`, as JSON where it is a text. */
export function mapOf(
  allowed: string,
  isGood: (entries: readonly (readonly [string, string])[]) => boolean,
): SettingKind<Readonly<Record<string, string>>> {
  const accepts = (value: unknown): value is Readonly<Record<string, string>> =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((text) => typeof text === 'string') &&
    isGood(Object.entries(value));
  return { ...kind(allowed, accepts, parseJson), print: (entries) => JSON.stringify(entries) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function kind<Value>(
  allowed: string,
  accepts: (value: unknown) => value is Value,
  convert: (text: string) => unknown,
): SettingKind<Value> {
  return {
    allowed,
    accepts,
    parse(text) {
      const value = convert(text.trim());
      return accepts(value) ? value : undefined;
    },
    print: String,
  };
}

function numberIn(pattern: RegExp, text: string): number {
  return pattern.test(text) ? Number(text) : Number.NaN;
}

function toEntries(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text.split(',').map((entry) => entry.trim());
  }
}
