import {
  type Setting,
  type SettingTable,
  type SettingValue,
  type SettingValues,
  variableOf,
} from '../../facts/setting.ts';
import { SettingError } from './setting-error.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The settings of a table as the environment has them; a variable that is unset or empty means the default.
 * @throws SettingError naming the variable, its value and what it may be
 */
export function readTable<Table extends SettingTable>(table: Table, environment: Environment): SettingValues<Table> {
  const values = Object.entries(table).map(([name, row]) => [name, readSetting(name, row, environment)]);
  return Object.fromEntries(values) as SettingValues<Table>;
}

/** One setting, under its name in capitals. */
export function readSetting<Row extends Setting>(name: string, row: Row, environment: Environment): SettingValue<Row> {
  const variable = variableOf(name);
  const text = environment[variable];
  if (text === undefined || (text === '' && !row.isNeverEmpty)) return row.default as SettingValue<Row>;
  const value = row.parse(text);
  if (value === undefined) throw new SettingError(variable, row.isSecret ? undefined : text, row.allowed);
  return value;
}
