import * as pulumi from '@pulumi/pulumi';
import { type Setting, variableOf } from '../facts/setting.ts';
import { handedOnSettings, stackSettings } from '../facts/stack-settings.ts';
import { isLater, type SettingInputs } from './settings.ts';

/**
 * The environment of the function: of those settings that it shares with the stack, each that says something, and what the
 * setting `environment` adds. A secret stays one in Pulumi's state; on Lambda whoever may read the function's configuration sees it.
 */
export function toVariables(settings: SettingInputs): pulumi.Input<Record<string, pulumi.Input<string>>> {
  const own = pickVariables(settings, handedOnSettings);
  // Secrets may be among them.
  const more = pulumi.secret(settings.environment);
  return isEmpty(settings.environment) ? own : more.apply((variables) => ({ ...variables, ...own }));
}

/** The variables of these settings alone, each that says something. */
export function pickVariables(
  settings: SettingInputs,
  names: typeof handedOnSettings,
): Record<string, pulumi.Input<string>> {
  const variables: [string, pulumi.Input<string>][] = [];
  for (const name of names) {
    const row: Setting = stackSettings[name];
    const value: unknown = settings[name];
    if (value === undefined) continue;
    const print = (known: unknown) => (known === undefined ? '' : row.print(known));
    const text =
      pulumi.Output.isInstance(value) || value instanceof Promise ? pulumi.output(value).apply(print) : print(value);
    if (text !== '') variables.push([variableOf(name), row.isSecret ? pulumi.secret(text) : text]);
  }
  return Object.fromEntries(variables);
}

function isEmpty(environment: SettingInputs['environment']): boolean {
  return !isLater(environment) && Object.keys(environment).length === 0;
}
