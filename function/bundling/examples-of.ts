import { join, resolve } from 'node:path';
import { assets } from './assets.ts';

/** Where the photos to try with a model lie: in its own directory, and for the shipped one where the project has them. */
export function examplesOf(modelDirectory: string): string {
  return resolve(modelDirectory) === assets.modelDirectory
    ? assets.examplesDirectory
    : join(modelDirectory, 'examples');
}
