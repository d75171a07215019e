import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { heldVersionVariable } from '../facts/rollout-settings.ts';
import { requireRegion } from './prebuilt-image.ts';
import { parseSettings, type SettingName, type StackSettings, settingNames } from './settings.ts';

/**
 * The settings in the stack's config, under the project's own name.
 * @param defaults what a setting is where the config has none, as the text that the config would have
 * @throws RunError naming every key that is no setting, or every bad value.
 */
export function readConfig(defaults: Readonly<Partial<Record<SettingName, string>>> = {}): StackSettings {
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
  // What a roll-back has set goes before what a deploy asks for; Pulumi.yaml has it as ''.
  const liveVersion = texts.liveVersion || process.env[heldVersionVariable];
  const settings = parseSettings({ ...defaults, ...texts, ...(liveVersion && { liveVersion }) });
  // Before any resource, where the region is plain to see; the component itself finds out later.
  if (settings.imageUri !== undefined && aws.config.region) requireRegion(settings.imageUri, aws.config.region);
  return settings;
}
