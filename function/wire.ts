import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Classifier, Engine } from '../model/classification.ts';
import packageJson from '../package.json' with { type: 'json' };
import { decodePhoto } from '../photo/decode-photo.ts';
import { assets } from './bundling/assets.ts';
import { examplesOf } from './bundling/examples-of.ts';
import { createHandler } from './handler.ts';
import type { CorsOrigins } from './http/cors.ts';
import type { Handler } from './invocation/invocation-context.ts';
import { type Log, logFrom, logToStandardOutput } from './invocation/request-log.ts';
import { loadOnce } from './prediction/load-once.ts';
import type { PredictCollaborators } from './prediction/predict.ts';
import { limitsOfReference } from './reference/limits-of-reference.ts';
import type { References } from './reference/references.ts';
import { checkDirectAnswer } from './settings/direct-answer.ts';
import type { Limits } from './settings/limits.ts';
import type { Environment } from './settings/read-setting.ts';
import { refuseWeakenedNode } from './settings/refuse-weakened-node.ts';
import { readSettings, type ServiceSettings } from './settings/settings.ts';

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
  /** The page for people; without it the one that lies beside the function, where there is one. */
  readonly readPage?: () => Promise<string>;
  /** What is known already, such as from flags, and goes before the environment. */
  readonly settings?: Partial<ServiceSettings>;
  /** Whose pages may read answers where CORS_ORIGINS says nothing of it; every one's unless given. */
  readonly defaultCorsOrigins?: CorsOrigins;
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
    ...others
  } = {
    ...readSettings(environment),
    ...settings,
  };
  const limits = decoder === 'reference' ? limitsOfReference(givenLimits) : givenLimits;
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
  const objectFetcher = loadOnce(async () => {
    const { createObjectFetcher } = await import('./fetch/fetch-object.ts');
    return createObjectFetcher({ ...fetchLimits, allowedBuckets: fetching.photoBuckets, environment });
  });
  const { webpWasmFile } = assets;
  const decodeByOwn: typeof decodePhoto = (bytes, options) => decodePhoto(bytes, { ...options, webpWasmFile });
  const decodeByReference: typeof decodePhoto = async (bytes, options) => {
    const reference = await import('../photo/reference/decode-by-reference.ts');
    return reference.decodeByReference(bytes, { ...options, webpWasmFile });
  };
  const collaborators: PredictCollaborators = {
    classifier: loadOnce(async () => {
      const classifier = await loadClassifier(modelDirectory, engine);
      checkDirectAnswer(directAnswer, classifier.card.labels);
      return classifier;
    }),
    decodePhoto: decoder === 'reference' ? decodeByReference : decodeByOwn,
    fetchPhoto: async (url, options) => (await photoFetcher())(url, options),
    fetchObject: async (address, options) => (await objectFetcher())(address, options),
    limits,
  };
  const log = logFrom(logLevel, write);
  const { version } = packageJson;
  const secret = apiSecret;
  const references: References = {
    loadOtherEngine: () => loadClassifier(modelDirectory, engine === 'own' ? 'tensorflow' : 'own'),
    decodeByOwn: (bytes) => decodeByOwn(bytes, limits),
    decodeByReference: (bytes) => decodeByReference(bytes, limits),
    photosDirectory: assets.referencePhotosDirectory,
  };
  const parts = {
    ...collaborators,
    references,
    corsOrigins,
    directAnswer,
    secret,
    version,
    log,
    startsCold,
    readPage,
    examplesDirectory: examplesOf(modelDirectory),
  };
  const handler = createHandler(parts);
  const warmUpHandler = createHandler({ ...parts, secret: undefined, log: () => undefined, startsCold: false });
  const checkFetching = async () => {
    // Only what is set can be wrong, and loads the client of other servers before the first URL.
    if (allowedHosts.length > 0) await photoFetcher();
    if (fetching.photoBuckets.length > 0) await objectFetcher();
  };
  return { handler, warmUpHandler, limits, corsOrigins, secret, log, checkFetching, collaborators };
}

/** Undefined where no page was staged, so that no route leads to it. */
function readStoredPage(): (() => Promise<string>) | undefined {
  return existsSync(assets.pageFile) ? () => readFile(assets.pageFile, 'utf8') : undefined;
}

/** Imported when the first photo or the warm-up asks for it: TF.js is most of what there is to evaluate. */
async function loadClassifier(directory: string, engine: Engine): Promise<Classifier> {
  const { load } = await import('../model/classifier.ts');
  return load(directory, { wasmFile: assets.wasmFile, engine });
}
