import { hash } from 'node:crypto';
import { AnswerError } from '../../function/page/client/answer-error.ts';
import { mapInOrder } from '../../function/prediction/map-in-order.ts';
import { wireService } from '../../function/wire.ts';
import { CliError } from '../cli-error.ts';
import { describeFileError } from '../describe-file-error.ts';
import type { Fetch } from '../doctor/check-door.ts';
import { drawThumbnail } from './classify-file.ts';
import type { ClassifyFilesOptions } from './classify-files.ts';
import { openDeployedService } from './deployed-service.ts';
import { loadPhoto } from './load-photo.ts';
import type { FileResult } from './messages.ts';
import { withAwsAccess } from './s3-access.ts';
import { tellInOrder } from './tell-in-order.ts';

export interface ClassifyByServiceOptions extends ClassifyFilesOptions {
  /** Of the service. */
  readonly url: string;
}

/** A function URL of Lambda, which may be for those alone who sign. */
const functionUrlHost = /\.lambda-url\.([a-z0-9-]+)\.on\.aws$/;

/**
 * Has a deployed service classify photos of this machine, several at a time.
 * @throws CliError where the service is none, or lets nobody in
 */
export async function classifyByService(files: readonly string[], options: ClassifyByServiceOptions): Promise<void> {
  if (files.length === 0) return;
  const { environment, explain, thumbnails, standardInput, workers, url, onLabels, onResult } = options;
  const fetchDoor = await chooseFetch(url, environment);
  const secret = environment.API_SECRET || undefined;
  const service = await openDeployedService(url, { secret, fetchDoor }).catch(explainAll);
  // For photos by address: fetched as everywhere else, by the service's own rules.
  const { fetchPhoto } = wireService(environment, { startsCold: false }).collaborators;
  onLabels(service.health.model.labels);

  const classify = async (file: string): Promise<FileResult> => {
    try {
      const { signal } = new AbortController();
      const bytes = await loadPhoto(file, { fetchPhoto, standardInput, signal });
      const answer = await service.predict(bytes, { explain });
      const content = { sha256: hash('sha256', bytes), sizeInBytes: bytes.length };
      return { file, content, answer, ...(thumbnails && { thumbnail: await drawThumbnail(bytes) }) };
    } catch (thrown) {
      return toFailedResult(file, thrown);
    }
  };
  const tell = tellInOrder(onResult);
  await mapInOrder(files, workers, async (file, index) => tell(await classify(file), index));
}

/** @throws CliError where no other photo would fare better */
function toFailedResult(file: string, thrown: unknown): FileResult {
  if (!(thrown instanceof AnswerError)) return { file, error: describeFileError(thrown) };
  const { status, code = 'no_answer', message, hint } = thrown;
  if (status === 401) explainAll(thrown);
  const error = { code, message, hint };
  return status >= 400 && status < 500 && status !== 429 ? { file, error } : { file, error, isPassing: true };
}

const hintByStatus: Readonly<Record<number, string>> = {
  401: "Set API_SECRET to the service's secret and run this again.",
  // Without credentials nothing is signed, since the address may be for anyone.
  403: 'Sign in to AWS (AWS_PROFILE) with credentials that may call it, or ask whoever runs it for access.',
};

/** @throws CliError in the service's words */
function explainAll(error: unknown): never {
  if (!(error instanceof AnswerError)) throw error;
  throw new CliError(error.message, hintByStatus[error.status] ?? error.hint, { cause: error });
}

/** One that signs, where the address is a function URL and this machine has credentials. */
async function chooseFetch(url: string, environment: ClassifyByServiceOptions['environment']): Promise<Fetch> {
  const region = functionUrlHost.exec(new URL(url).hostname)?.[1];
  if (region === undefined) return fetch;
  const known = await withAwsAccess({ ...environment, AWS_REGION: region }).catch(() => undefined);
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN } = known ?? {};
  if (!accessKeyId || !secretAccessKey) return fetch;
  const { AwsClient } = await import('aws4fetch');
  const sessionToken = AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {};
  const credentials = { accessKeyId, secretAccessKey, ...sessionToken };
  const client = new AwsClient({ ...credentials, service: 'lambda', region, retries: 0 });
  return (address, init) => client.fetch(address, init);
}
