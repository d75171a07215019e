/** How the values of a setting look: in a text (an environment variable, a stack's configuration, a flag) and typed. */
export interface SettingKind<Value> {
  /** Completes the sentence "It must be …". */
  readonly allowed: string;
  readonly unit?: string;
  /** What a text stands for; undefined where that is no value of this kind or out of its range. */
  parse(text: string): Value | undefined;
  accepts(value: unknown): value is Value;
  /** The text that {@link SettingKind.parse} reads as the value. */
  print(value: Value): string;
}

/**
 * One row of the tables of settings. Its name is the key in a stack's configuration and, in capitals, the environment
 * variable: `photoUrl` is `PHOTO_URL`.
 */
// biome-ignore lint/suspicious/noExplicitAny: rows of all kinds stand in one table
export interface Setting extends SettingKind<any> {
  /** A value of its kind, or undefined where the setting means nothing until it is set. */
  readonly default: unknown;
  /** What the default means, where its own text does not say it. */
  readonly defaultInWords?: string;
  /** What it sets, as a phrase. */
  readonly sentence: string;
  /** Set to nothing it is refused, since its default allows most: whoever empties it means the opposite. */
  readonly isNeverEmpty?: true;
  /** Its value is shown to nobody. */
  readonly isSecret?: true;
  /** Lambda has its own, so that only the local server heeds it. */
  readonly isOfLocalServer?: true;
}

export type SettingTable = Readonly<Record<string, Setting>>;

export type SettingValue<Row extends Setting> =
  | (Row extends { accepts(value: unknown): value is infer Value } ? Value : never)
  | Extract<Row['default'], undefined>;

export type SettingValues<Table extends SettingTable> = { readonly [Name in keyof Table]: SettingValue<Table[Name]> };

/** The environment variable of a setting, such as `MAXIMUM_PIXELS` of `maximumPixels`. */
export function variableOf(name: string): string {
  return name.replace(/[A-Z]/g, '_$&').toUpperCase();
}
