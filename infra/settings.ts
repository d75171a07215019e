import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import { functionSettings } from '../facts/function-settings.ts';
import { type Setting, type SettingValues, variableOf } from '../facts/setting.ts';
import { modelFiles, stackSettings } from '../facts/stack-settings.ts';

export type SettingName = keyof typeof stackSettings;
/** `modelDirectory` is an absolute path. */
export type Settings = SettingValues<typeof stackSettings>;

const projectDirectory = join(import.meta.dirname, '..');
export const settingNames = Object.keys(stackSettings) as SettingName[];

/**
 * The settings that texts stand for, as a stack's configuration has them; undefined and '' stand for the default.
 * @throws RunError with a sentence for each bad value: the key, the value, what is allowed.
 */
export function parseSettings(texts: Readonly<Partial<Record<SettingName, string | undefined>>>): Settings {
  return gather(texts, (row, text) => (typeof text === 'string' ? row.parse(text) : undefined));
}

/**
 * Settings that may lack some, or have them undefined, with the defaults of those.
 * @throws RunError as {@link parseSettings} does
 */
export function completeSettings(values: { readonly [Name in SettingName]?: Settings[Name] | undefined }): Settings {
  return gather(values, (row, value) => (row.accepts(value) ? value : undefined));
}

function gather(
  given: Readonly<Partial<Record<SettingName, unknown>>>,
  read: (row: Setting, given: unknown) => unknown,
): Settings {
  const problems: string[] = [];
  const refuse = (name: SettingName, value: unknown) => {
    const { isSecret, allowed }: Setting = stackSettings[name];
    problems.push(`${name} is ${isSecret ? 'not usable' : JSON.stringify(value)}; it must be ${allowed}.`);
  };
  const entries = settingNames.map((name) => {
    const row: Setting = stackSettings[name];
    const value = given[name];
    if (value === undefined || value === '') return [name, row.default];
    const found = read(row, value);
    if (found === undefined) refuse(name, value);
    return [name, found];
  });
  const settings: Settings = Object.fromEntries(entries);
  const modelDirectory = given.modelDirectory
    ? resolve(settings.modelDirectory ?? '')
    : join(projectDirectory, stackSettings.modelDirectory.default);
  // A prebuilt image brings its own model.
  if (settings.imageUri === undefined && !isModelDirectory(modelDirectory)) refuse('modelDirectory', modelDirectory);
  if (settings.photoUrlAllowedHosts?.some(isAddressWithoutPort)) {
    refuse('photoUrlAllowedHosts', settings.photoUrlAllowedHosts.join());
  }
  if (problems.length > 0) throw new pulumi.RunError(problems.join('\n'));
  return { ...settings, modelDirectory };
}

function isModelDirectory(path: string): boolean {
  return modelFiles.every((file) => existsSync(join(path, file)));
}

/** Stricter than the function, which refuses only private ones when it starts. */
function isAddressWithoutPort(host: string): boolean {
  return isIP(host.replace(/^\[|\]$/g, '')) !== 0;
}

/** The environment of the function: of those settings that it shares with the stack, each that says something. */
export function toVariables(settings: Settings): Record<string, string> {
  const shared = settingNames.filter((name) => Object.is(stackSettings[name], rowOfFunction(name)));
  const variables = shared.map((name) => {
    const row: Setting = stackSettings[name];
    const value = settings[name];
    return [variableOf(name), value === undefined ? '' : row.print(value)] as const;
  });
  return Object.fromEntries(variables.filter(([, text]) => text !== ''));
}

function rowOfFunction(name: string): Setting | undefined {
  return (functionSettings as Readonly<Record<string, Setting>>)[name];
}
