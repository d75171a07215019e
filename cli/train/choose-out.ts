import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { readModelFile } from '../../model/model-file.ts';
import { openStackFile } from '../operate/stack-file.ts';
import { findProjectDirectory } from '../project-directory.ts';

/** Where a trained model is to lie. */
export interface ChosenOut {
  /** Absolute. */
  readonly directory: string;
  /** Whether the project's stack serves what lies there, without a further setting. */
  readonly isDeployed: boolean;
}

/**
 * The folder asked for, or the project's `modelDirectory`, unless the shipped model lies there: a folder of its own named
 * after the photos then.
 * @param shippedModel the directory of the shipped model
 */
export async function chooseOut(out: string | undefined, photos: string, shippedModel: string): Promise<ChosenOut> {
  const project = findProjectDirectory();
  const used = await findModelDirectory(project);
  if (out !== undefined) return { directory: resolve(out), isDeployed: used === resolve(out) };
  if (used !== undefined && !isSameModel(used, shippedModel)) return { directory: used, isDeployed: true };
  const name = basename(resolve(photos));
  // In a project by "init" a model lies in model/ itself.
  const isTaken = existsSync(join(project, 'model', 'model.json'));
  return { directory: join(project, isTaken ? `model-${name}` : join('model', name)), isDeployed: false };
}

/** As `pulumi config set modelDirectory` takes it. */
export function describeDirectory(directory: string): string {
  const path = relative(findProjectDirectory(), directory);
  return path.startsWith('..') ? directory : path;
}

/** What the stacks of a project serve, where they are of one mind; undefined where there are none. */
export async function findModelDirectory(project: string = findProjectDirectory()): Promise<string | undefined> {
  if (!existsSync(join(project, 'Pulumi.yaml'))) return undefined;
  const stacks = (await readdir(project)).flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? []);
  const set = new Set<string>();
  for (const stack of stacks) {
    const directory = (await openStackFile(project, stack)).get('modelDirectory');
    if (directory !== undefined) set.add(resolve(project, directory));
  }
  if (set.size > 1) return undefined;
  const own = join(project, 'model');
  return [...set][0] ?? (existsSync(join(own, 'model.json')) ? own : undefined);
}

function isSameModel(directory: string, shippedModel: string): boolean {
  if (resolve(directory) === resolve(shippedModel)) return true;
  if (!existsSync(join(directory, 'card.json'))) return false;
  const versionOf = (model: string) => JSON.parse(readModelFile(model, 'card.json').toString('utf8')).version;
  return versionOf(directory) === versionOf(shippedModel);
}
