import { createDirectDoor } from './doors/direct.ts';
import type { Door } from './doors/door.ts';
import { createHealthDoor } from './doors/health-event.ts';
import { createHttpDoor } from './doors/http.ts';
import { warmDoor } from './doors/warm.ts';
import { createHealth } from './health/health.ts';
import type { CorsOrigins } from './http/cors.ts';
import { createRouter } from './http/router.ts';
import { createDeadline } from './invocation/deadline.ts';
import type { Handler } from './invocation/invocation-context.ts';
import { type Log, openRecord, type ToMetrics } from './invocation/request-log.ts';
import { toServiceError } from './invocation/service-error.ts';
import type { AnsweredPhotos } from './keep/answered-photos.ts';
import type { PageName } from './page/page-name.ts';
import { createAnswerPhotos } from './prediction/answer-photos.ts';
import { choosePlace, onThisThread } from './prediction/classify-photo.ts';
import { createPredict, type PredictCollaborators } from './prediction/predict.ts';
import { createSerialQueue } from './prediction/serial-queue.ts';
import type { References } from './reference/references.ts';
import { createDocsRoute } from './routes/docs-route.ts';
import { createExampleRoute } from './routes/example-route.ts';
import { createHealthRoute } from './routes/health-route.ts';
import { liveRoute } from './routes/live-route.ts';
import { createModelRoute } from './routes/model-route.ts';
import { createOpenApiRoute } from './routes/openapi-route.ts';
import { createPageRoute } from './routes/page-route.ts';
import { createPredictRoute } from './routes/predict-route.ts';
import { createUploadRoute } from './routes/upload-route.ts';
import type { DirectAnswer } from './settings/direct-answer.ts';
import type { UploadSettings } from './upload/offer-upload.ts';

export interface HandlerCollaborators extends PredictCollaborators {
  readonly references: References;
  readonly corsOrigins: CorsOrigins;
  /** How the bare event `{"image_url"}` is answered. */
  readonly directAnswer: DirectAnswer;
  /** What callers must send with each prediction; undefined lets everyone in. */
  readonly secret: string | undefined;
  /** The version of the service. */
  readonly version: string;
  /** The number under which Lambda has published it; undefined elsewhere. */
  readonly functionVersion: string | undefined;
  readonly log: Log;
  /** What a request's line counts; undefined counts nothing. */
  readonly toMetrics: ToMetrics | undefined;
  /** The pages for people, each one HTML file; undefined where there are none. */
  readonly readPage: ((name: PageName) => Promise<string>) | undefined;
  /** Of what answers photos: its card and its owner's words are shown to people. */
  readonly modelDirectory: string;
  /** Where the photos to try lie; it may be missing. */
  readonly examplesDirectory: string;
  /** Where photos are put that are too large for a request; undefined has no such route. */
  readonly upload?: UploadSettings | undefined;
  /** Some of whose photos are kept for labelling; undefined keeps none. */
  readonly answered?: AnsweredPhotos | undefined;
  /** Whether the first event meets a process that has just been started for it. */
  readonly startsCold: boolean;
}

/** Everything from event to answer, made of collaborators so that each can be replaced by a fake. */
export function createHandler(collaborators: HandlerCollaborators): Handler {
  const { limits, secret, version, functionVersion, corsOrigins, directAnswer, log, toMetrics } = collaborators;
  const { readPage, examplesDirectory, modelDirectory, upload, answered } = collaborators;
  const inTurn = createSerialQueue();
  const predict = createPredict({ ...collaborators, onAnswered: answered?.note }, inTurn);
  const answerPhotos = createAnswerPhotos(predict);
  const place = choosePlace(onThisThread(collaborators, inTurn), collaborators.threads);
  const model = () => place().model();
  const health = createHealth({
    ...collaborators,
    model,
    inTurn,
    hasUploads: upload !== undefined,
    keepsPhotos: answered !== undefined,
  });
  const facts = {
    limits,
    version,
    hasPage: readPage !== undefined,
    hasSecret: secret !== undefined,
    hasUploads: upload !== undefined,
  };
  const description = createOpenApiRoute(facts);
  const readFrame = async () =>
    readPage === undefined ? (await import('./page/fill-frame.ts')).plainFrame : readPage('frame');
  const routes = [
    createPredictRoute(answerPhotos, { limits, secret }),
    ...(upload === undefined ? [] : [createUploadRoute(upload, secret)]),
    createHealthRoute(health, secret),
    liveRoute,
    description,
    createDocsRoute(facts, readFrame, examplesDirectory),
    createModelRoute({ model, modelDirectory, readFrame }),
    createExampleRoute(examplesDirectory),
    ...(readPage === undefined
      ? []
      : [
          createPageRoute(
            { readPage: () => readPage('index'), examplesDirectory, upload, keepsPhotos: answered !== undefined },
            description,
          ),
        ]),
  ];
  const lastDoor = createDirectDoor(predict, answerPhotos, { limits, directAnswer });
  const doors: readonly Door[] = [
    createHttpDoor(createRouter(routes, corsOrigins)),
    warmDoor,
    createHealthDoor(health),
  ];
  let isCold = collaborators.startsCold;

  return async (event, { requestId, deadlineAt, signal, afterAnswer = setImmediate }) => {
    const startedAt = performance.now();
    const coldStart = isCold;
    isCold = false;
    const deadline = createDeadline(deadlineAt - limits.deadlineMarginInMilliseconds, signal);
    const record = openRecord(log, requestId, toMetrics);
    const door = doors.find((candidate) => candidate.accepts(event)) ?? lastDoor;
    record.note({ door: door.name, functionVersion, coldStart });
    try {
      return await door.answer(event, { requestId, startedAt, coldStart, deadline, record });
    } catch (error) {
      record.fail(toServiceError(error));
      throw error;
    } finally {
      deadline.release();
      if (!door.isQuiet) record.write();
      if (answered?.hasNoted()) afterAnswer(() => answered.keep(deadlineAt));
    }
  };
}
