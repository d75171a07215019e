import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFreePort, startServer } from './started-server.ts';

const requirements = fileURLToPath(new URL('stream.requirements.txt', import.meta.url));

export interface StartedMoto {
  readonly endpoint: string;
  /** Of a process that reads and writes there. */
  readonly environment: Readonly<Record<string, string>>;
  createBucket(bucket: string): Promise<void>;
  stop(): void;
}

/**
 * S3 and SQS as moto simulates them.
 * @param folder for the Python environment that moto is installed to, unless `MOTO_SERVER` says where it is
 */
export async function startMoto(python: string, folder: string): Promise<StartedMoto> {
  const server = process.env.MOTO_SERVER ?? installMoto(python, folder);
  const port = await findFreePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const moto = await startServer(server, ['-p', String(port)], endpoint);
  return {
    endpoint,
    environment: {
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'testing',
      AWS_SECRET_ACCESS_KEY: 'testing',
      AWS_ENDPOINT_URL_S3: endpoint,
    },
    async createBucket(bucket) {
      const body =
        '<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>';
      const response = await fetch(`${endpoint}/${bucket}`, {
        method: 'PUT',
        body,
        headers: { authorization: 'AWS4-HMAC-SHA256 Credential=testing/20260101/eu-west-1/s3/aws4_request' },
      });
      if (!response.ok) throw new Error(await response.text());
    },
    stop: () => moto.kill(),
  };
}

function installMoto(python: string, folder: string): string {
  execFileSync(python, ['-m', 'venv', folder]);
  execFileSync(join(folder, 'bin', 'pip'), ['install', '--quiet', '--requirement', requirements]);
  return join(folder, 'bin', 'moto_server');
}
