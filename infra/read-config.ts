import * as pulumi from '@pulumi/pulumi';
import { parseSettings, type Settings, settingNames } from './settings.ts';

/**
 * The settings in the stack's config, under the project's own name.
 * @throws RunError naming every key that is no setting, or every bad value.
 */
export function readConfig(): Settings {
  const prefix = `${pulumi.getProject()}:`;
  const texts = Object.fromEntries(
    Object.entries(pulumi.runtime.allConfig())
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, text]) => [key.slice(prefix.length), text]),
  );
  const unknown = Object.keys(texts).filter((key) => !settingNames.some((name) => name === key));
  if (unknown.length > 0) {
    throw new pulumi.RunError(`${unknown.join(', ')}: no such setting. The settings are ${settingNames.join(', ')}.`);
  }
  return parseSettings(texts);
}
