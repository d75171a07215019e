import type { Classifier } from '../../model/classification.ts';
import { authorize } from '../http/authorize.ts';
import { jsonResponse } from '../http/http-message.ts';
import type { Route } from '../http/router.ts';
import { ServiceError } from '../invocation/service-error.ts';
import type { SerialQueue } from '../prediction/serial-queue.ts';
import type { Limits } from '../settings/limits.ts';
import { healthOptions, readOptions } from './read-options.ts';

export interface HealthRouteSettings {
  readonly limits: Limits;
  readonly secret: string | undefined;
  readonly version: string;
  readonly inTurn: SerialQueue;
}

/** As Lambda and the stack's setting `architecture` name it. */
const architecture = process.arch === 'x64' ? 'x86_64' : process.arch;

/** `GET /health`: that the model is loaded and which it is; deep, that it still answers as Keras did. */
export function createHealthRoute(load: () => Promise<Classifier>, settings: HealthRouteSettings): Route {
  const { limits, secret, version, inTurn } = settings;
  return {
    method: 'GET',
    path: '/health',
    async answer(request, { deadline }) {
      const { deep } = readOptions(request.query, healthOptions);
      // Running the model costs what a prediction costs.
      if (deep) authorize(request, secret);
      const classifier = await deadline.race(load());
      const parity = deep ? await inTurn(async () => verifyParity(classifier), deadline.signal) : undefined;
      return jsonResponse(200, {
        status: 'ok',
        model: { name: classifier.card.name, version: classifier.version, labels: classifier.card.labels },
        version,
        architecture,
        limits: {
          bodySizeInBytes: limits.maximumBodySizeInBytes,
          photoSizeInBytes: limits.maximumPhotoSizeInBytes,
          pixels: limits.maximumPixels,
          items: limits.maximumItems,
        },
        ...(parity === undefined ? {} : { parity }),
      });
    },
  };
}

/** The parity photos' report, null for a model that has none. */
function verifyParity(classifier: Classifier): unknown {
  const report = classifier.verifyParity();
  if (report === undefined) return null;
  const { ok, ...facts } = report;
  if (!ok) {
    throw new ServiceError(
      'internal_error',
      'The model no longer answers as Keras did.',
      'Give the request id to whoever runs the service; the log has the figures.',
      { cause: new Error(`Parity: ${JSON.stringify(facts)}`) },
    );
  }
  return facts;
}
