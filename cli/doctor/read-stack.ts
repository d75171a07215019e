import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { describeCause, isSystemError } from '../../files/system-reason.ts';
import type { StackSettings } from '../../infra/settings.ts';
import { CliError } from '../cli-error.ts';
import { readProjectName } from '../project-directory.ts';
import type { RunProgram } from './run-program.ts';

/** What a stack's file says, in its own words. */
export interface StackConfig {
  /** As texts under the project's own name, such as `memoryInMb`. */
  readonly settings: Readonly<Record<string, string>>;
  readonly region: string | undefined;
  readonly profile: string | undefined;
}

/** The outputs that the program of the stack exports. */
export interface StackOutputs {
  readonly functionName?: string;
  readonly functionUrl?: string;
  readonly apiUrl?: string;
  readonly imageUri?: string;
  readonly logGroup?: string;
  readonly modelVersion?: string;
  /** Of a stack with a stream or a backlog; a place is `bucket` or `bucket/prefix`. */
  readonly bulk?: {
    readonly functionName: string;
    readonly results: string;
    readonly inbox?: string;
    readonly stateMachine?: string;
    readonly sources?: readonly string[];
  };
}

/** Those of a stack that is deployed. */
export type DeployedOutputs = StackOutputs & { readonly functionName: string };

/**
 * Pulumi.<stack>.yaml of the project in `directory`; a stack without a file has every default.
 * @throws CliError for a file that is no YAML
 */
export async function readStackConfig(directory: string, stack: string): Promise<StackConfig> {
  const name = `Pulumi.${stack}.yaml`;
  const config = await readYaml(join(directory, name), name);
  const prefix = `${readProjectName(directory)}:`;
  const settings: Record<string, string> = {};
  for (const [key, value] of Object.entries(config)) {
    // Pulumi hands lists over as JSON. A secret is unreadable here, so it counts as left out.
    if (key.startsWith(prefix) && !isSecret(value)) {
      settings[key.slice(prefix.length)] = typeof value === 'object' ? JSON.stringify(value) : String(value);
    }
  }
  const text = (key: string) => (config[key] === undefined ? undefined : String(config[key]));
  return { settings, region: text('aws:region'), profile: text('aws:profile') };
}

function isSecret(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'secure' in value;
}

async function readYaml(path: string, name: string): Promise<Record<string, unknown>> {
  try {
    const file: { config?: Record<string, unknown> } | null = parse(await readFile(path, 'utf8'));
    return file?.config ?? {};
  } catch (cause) {
    if (isSystemError(cause) && cause.code === 'ENOENT') return {};
    throw new CliError(`${name} cannot be read: ${describeCause(cause)}.`, 'Mend the file.', { cause });
  }
}

/**
 * The settings as the stack's program reads them.
 * @throws RunError naming every bad value, or an Error naming the keys that are no settings
 */
export async function readStackSettings(directory: string, { settings }: StackConfig): Promise<StackSettings> {
  const { parseSettings, settingNames } = await import('../../infra/settings.ts');
  const unknown = Object.keys(settings).filter((key) => !settingNames.some((name) => name === key));
  if (unknown.length > 0) throw new Error(`${unknown.join(', ')}: no such setting.`);
  const { modelDirectory } = settings;
  // The stack's program runs in the project's directory.
  return parseSettings({ ...settings, ...(modelDirectory && { modelDirectory: resolve(directory, modelDirectory) }) });
}

/** What `pulumi up` has left of the stack; a text that says why there is nothing where it has not run. */
export async function readStackOutputs(run: RunProgram, stack: string): Promise<DeployedOutputs | string> {
  const result = await run('pulumi', ['stack', 'output', '--json', '--stack', stack]);
  if (result === undefined) return 'there is no pulumi to ask for the outputs of the stack';
  if (result.code !== 0) {
    return `pulumi gives no outputs of the stack ${stack}: ${result.errors.trim().split('\n').at(-1)}`;
  }
  const outputs = JSON.parse(result.output) as StackOutputs;
  const { functionName } = outputs;
  return functionName === undefined ? `the stack ${stack} is not deployed yet` : { ...outputs, functionName };
}
