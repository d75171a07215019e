import { readPlainFile } from '../../files/plain-file.ts';
import type { Route } from '../http/router.ts';
import { ServiceError } from '../invocation/service-error.ts';

/** Below what Lambda can answer with, as base64. */
const maximumExampleSizeInBytes = 4_000_000;
const typeByEnding: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
};

/**
 * `GET /examples/{name}`: a photo to try. The page names them; what reads them is loaded at the first request.
 * @param directory where they lie; none where it is missing
 */
export function createExampleRoute(directory: string): Route {
  return {
    method: 'GET',
    path: '/examples/{name}',
    async answer({ path }) {
      const { listExamples } = await import('../examples/list-examples.ts');
      const { join } = await import('node:path');
      const wanted = path.slice(path.lastIndexOf('/') + 1);
      // Only what is listed, so that no name leads out of the directory.
      const names = listExamples(directory).map(({ name }) => name);
      if (!names.includes(wanted)) throw noSuchExample(names);
      return {
        status: 200,
        headers: {
          'content-type':
            typeByEnding[wanted.slice(wanted.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream',
          'cache-control': 'public, max-age=3600',
        },
        body: readPlainFile(join(directory, wanted), maximumExampleSizeInBytes),
      };
    },
  };
}

function noSuchExample(names: readonly string[]): ServiceError {
  return new ServiceError(
    'not_found',
    'There is no example of this name.',
    names.length === 0 ? 'This model has no photos to try.' : `The examples are: ${names.join(', ')}.`,
  );
}
