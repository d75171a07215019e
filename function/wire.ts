import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseResultPlace, uploadFolder } from '../facts/batch-records.ts';
import packageJson from '../package.json' with { type: 'json' };
import { assets } from './bundling/assets.ts';
import { examplesOf } from './bundling/examples-of.ts';
import { createHandler } from './handler.ts';
import type { CorsOrigins } from './http/cors.ts';
import type { Handler } from './invocation/invocation-context.ts';
import { type Log, logFrom, logToStandardOutput, type ToMetrics } from './invocation/request-log.ts';
import { toEmbeddedMetrics } from './invocation/request-metrics.ts';
import { createAnsweredPhotos } from './keep/answered-photos.ts';
import type { PageName } from './page/page-name.ts';
import type { PhotoThreads } from './prediction/classify-photo.ts';
import { loadOnce } from './prediction/load-once.ts';
import type { PredictCollaborators } from './prediction/predict.ts';
import type { References } from './reference/references.ts';
import type { Limits } from './settings/limits.ts';
import type { Environment } from './settings/read-setting.ts';
import { refuseWeakenedNode } from './settings/refuse-weakened-node.ts';
import { readSettings, type ServiceSettings } from './settings/settings.ts';
import { wirePhotos } from './wire-photos.ts';

/** The rooms of the service, put together as the environment says. */
export interface Service {
  readonly handler: Handler;
  /** The same for a warm-up before the first event: it logs nothing, asks for no secret and leaves that event the first. */
  readonly warmUpHandler: Handler;
  readonly limits: Limits;
  readonly corsOrigins: CorsOrigins;
  /** What callers must send with each prediction; undefined lets everyone in. */
  readonly secret: string | undefined;
  readonly log: Log;
  /** What a request's line counts; undefined counts nothing. */
  readonly toMetrics: ToMetrics | undefined;
  /**
   * Holds the lists of hosts and buckets against the rules of fetching; whoever starts the service asks for it first.
   * Rejects with a SettingError naming the entry that can't be used.
   */
  readonly checkFetching: () => Promise<void>;
  /** What the handler predicts with, for those who need no door. */
  readonly collaborators: PredictCollaborators;
}

export interface WireOptions {
  /** Whether the first event meets a process that was started for it, as on Lambda. */
  readonly startsCold: boolean;
  readonly log?: Log;
  /** The pages for people; without it those that lie beside the function, where there are any. */
  readonly readPage?: (name: PageName) => Promise<string>;
  /** What is known already, such as from flags, and goes before the environment. */
  readonly settings?: Partial<ServiceSettings>;
  /** Whose pages may read answers where CORS_ORIGINS says nothing of it; every one's unless given. */
  readonly defaultCorsOrigins?: CorsOrigins;
  /** Threads that decode and classify once they are ready; until then, and without them, the calling one does. */
  readonly threads?: PhotoThreads | undefined;
}

/**
 * Reads every setting and puts the rooms together; the model loads at its first use.
 * @throws SettingError naming the environment variable that can't be used
 */
export function wireService(
  environment: Environment,
  {
    startsCold,
    log: write = logToStandardOutput,
    readPage = readStoredPage(),
    settings,
    defaultCorsOrigins,
    threads,
  }: WireOptions = {
    startsCold: true,
  },
): Service {
  refuseWeakenedNode(environment);
  const {
    limits: givenLimits,
    modelDirectory = assets.modelDirectory,
    engine,
    decoder,
    apiSecret,
    directAnswer,
    logLevel,
    monitoring,
    ...others
  } = {
    ...readSettings(environment),
    ...settings,
  };
  const photos = wirePhotos({ limits: givenLimits, modelDirectory, engine, decoder, directAnswer });
  const { limits } = photos;
  const { corsOrigins: readOrigins, ...fetching } = others;
  const corsOrigins = environment.CORS_ORIGINS ? readOrigins : (defaultCorsOrigins ?? readOrigins);
  const { photoUrl: enabled, photoUrlAllowedHosts: allowedHosts, photoUrlUserAgent: userAgent } = fetching;
  const fetchLimits = {
    maximumSizeInBytes: limits.maximumPhotoSizeInBytes,
    timeoutInMilliseconds: limits.fetchTimeoutInMilliseconds,
  };
  const { maximumRedirects } = limits;
  // At their first use: the HTTP client is a fifth of what a start evaluates, and most photos come with their request.
  const photoFetcher = loadOnce(async () => {
    const { createPhotoFetcher } = await import('./fetch/fetch-photo.ts');
    return createPhotoFetcher({ ...fetchLimits, enabled, allowedHosts, userAgent, maximumRedirects });
  });
  const { uploadBucket } = fetching;
  const uploads = uploadBucket === undefined ? undefined : parseResultPlace(uploadBucket);
  // What was put there is read from there.
  const allowedBuckets = uploads
    ? [...fetching.photoBuckets, `${uploads.bucket}/${uploadFolder(uploads)}`]
    : fetching.photoBuckets;
  const objectFetcher = loadOnce(async () => {
    const { createObjectFetcher } = await import('./fetch/fetch-object.ts');
    return createObjectFetcher({ ...fetchLimits, allowedBuckets, environment });
  });
  const collaborators: PredictCollaborators = {
    classifier: photos.classifier,
    decodePhoto: photos.decodePhoto,
    fetchPhoto: async (url, options) => (await photoFetcher())(url, options),
    fetchObject: async (address, options) => (await objectFetcher())(address, options),
    limits,
    threads,
  };
  const log = logFrom(logLevel, write);
  const { AWS_LAMBDA_FUNCTION_NAME: functionName, AWS_LAMBDA_FUNCTION_VERSION: functionVersion } = environment;
  const toMetrics: ToMetrics | undefined =
    monitoring && functionName ? (fields, code) => toEmbeddedMetrics(fields, code, functionName) : undefined;
  const { version } = packageJson;
  const keepAnswered = loadOnce(async () => (await import('./keep/wire-keep.ts')).wireKeep(environment, limits, log));
  const answered = environment.KEEP_BUCKET
    ? createAnsweredPhotos(async (photos, signal) => (await keepAnswered())(photos, signal), log)
    : undefined;
  const secret = apiSecret;
  const references: References = {
    loadOtherEngine: photos.loadOtherEngine,
    decodeByOwn: (bytes) => photos.decodeByOwn(bytes, limits),
    decodeByReference: (bytes) => photos.decodeByReference(bytes, limits),
    photosDirectory: assets.referencePhotosDirectory,
  };
  const parts = {
    ...collaborators,
    references,
    corsOrigins,
    directAnswer,
    secret,
    version,
    functionVersion,
    log,
    toMetrics,
    startsCold,
    upload: uploads && {
      place: uploads,
      maximumPhotoSizeInBytes: limits.maximumPhotoSizeInBytes,
      environment,
    },
    answered,
    readPage,
    modelDirectory,
    examplesDirectory: examplesOf(modelDirectory),
  };
  const handler = createHandler(parts);
  const warmUpHandler = createHandler({
    ...parts,
    secret: undefined,
    log: () => undefined,
    toMetrics: undefined,
    startsCold: false,
    answered: undefined,
    isRehearsal: true,
  });
  const checkFetching = async () => {
    // Only what is set can be wrong, and loads the client of other servers before the first URL.
    if (allowedHosts.length > 0) await photoFetcher();
    if (fetching.photoBuckets.length > 0) await objectFetcher();
    if (answered) await keepAnswered();
  };
  return { handler, warmUpHandler, limits, corsOrigins, secret, log, toMetrics, checkFetching, collaborators };
}

/** Undefined where no pages were staged, so that no route leads to the one to try photos on. */
function readStoredPage(): ((name: PageName) => Promise<string>) | undefined {
  const { pagesDirectory } = assets;
  return existsSync(pagesDirectory) ? (name) => readFile(join(pagesDirectory, `${name}.html`), 'utf8') : undefined;
}
