import { assets } from '../../function/bundling/assets.ts';
import { createHandler, type HandlerCollaborators } from '../../function/handler.ts';
import type { HttpResponse } from '../../function/http/http-message.ts';
import type { InvocationContext } from '../../function/invocation/invocation-context.ts';
import type { LogFields } from '../../function/invocation/request-log.ts';
import { loadOnce } from '../../function/prediction/load-once.ts';
import type { References } from '../../function/reference/references.ts';
import { readLimits } from '../../function/settings/limits.ts';
import type { Service } from '../../function/wire.ts';
import { load } from '../../model/classifier.ts';
import { decodePhoto } from '../../photo/decode-photo.ts';
import { decodeByReference } from '../../photo/reference/decode-by-reference.ts';
import { payload2Event, type RequestParts } from './events.ts';
import { writeTinyModel } from './tiny-model.ts';

/** The tiny model, loaded once for all tests of a file. */
export const tinyClassifier = loadOnce(() => load(writeTinyModel(), { wasmFile: assets.wasmFile }));

/** The tiny model on the other engine, and both decoders. */
export const testReferences: References = {
  loadOtherEngine: () => load(writeTinyModel(), { wasmFile: assets.wasmFile, engine: 'tensorflow' }),
  decodeByOwn: (bytes) => decodePhoto(bytes, { maximumPixels: Number.POSITIVE_INFINITY }),
  decodeByReference: (bytes) => decodeByReference(bytes, { maximumPixels: Number.POSITIVE_INFINITY }),
  photosDirectory: assets.referencePhotosDirectory,
};

export interface TestService extends Service {
  /** The lines of the log so far. */
  readonly lines: LogFields[];
}

/** The real handler around the tiny model, without a network; `changes` puts fakes in its place. */
export function createTestService(changes: Partial<HandlerCollaborators> = {}): TestService {
  const lines: LogFields[] = [];
  const refuse = async () => {
    throw new Error('This test gave no way to fetch.');
  };
  const collaborators: HandlerCollaborators = {
    classifier: tinyClassifier,
    references: testReferences,
    decodePhoto,
    fetchPhoto: refuse,
    fetchObject: refuse,
    limits: readLimits({}),
    corsOrigins: ['*'],
    directAnswer: 'labels',
    secret: undefined,
    version: '1.2.3',
    functionVersion: undefined,
    log: (line) => lines.push(line),
    toMetrics: undefined,
    startsCold: true,
    readPage: undefined,
    modelDirectory: assets.modelDirectory,
    examplesDirectory: assets.examplesDirectory,
    ...changes,
  };
  const { limits, corsOrigins, secret, log, toMetrics } = collaborators;
  const handler = createHandler(collaborators);
  return {
    handler,
    warmUpHandler: handler,
    limits,
    corsOrigins,
    secret,
    log,
    toMetrics,
    checkFetching: async () => undefined,
    collaborators,
    lines,
  };
}

export function contextFor(millisecondsLeft = 60_000): InvocationContext {
  return { requestId: 'request-1', deadlineAt: Date.now() + millisecondsLeft };
}

export interface TestAnswer extends Pick<HttpResponse, 'status' | 'headers'> {
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of the JSON by reading it
  readonly json: any;
}

/** Sends a request as a function URL would, or the given event. */
export async function request(
  service: Pick<Service, 'handler'>,
  parts: RequestParts,
  event: unknown = payload2Event(parts),
  context = contextFor(),
): Promise<TestAnswer> {
  const result = (await service.handler(event, context)) as {
    statusCode: number;
    headers: Record<string, string>;
    body: string;
    isBase64Encoded: boolean;
  };
  const isJson = result.headers['content-type'] === 'application/json' && result.body !== '';
  return {
    status: result.statusCode,
    headers: result.headers,
    text: result.body,
    json: isJson ? JSON.parse(result.body) : undefined,
  };
}
