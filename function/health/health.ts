import type { HealthBody } from '../../facts/answers.ts';
import type { Classifier } from '../../model/classification.ts';
import type { Deadline } from '../invocation/deadline.ts';
import { ServiceError } from '../invocation/service-error.ts';
import type { ModelFacts } from '../prediction/classify-photo.ts';
import type { SerialQueue } from '../prediction/serial-queue.ts';
import type { References } from '../reference/references.ts';
import type { Limits } from '../settings/limits.ts';
import { disagreement } from './disagreement.ts';

export interface HealthCollaborators {
  /** What answers photos. */
  readonly model: () => Promise<ModelFacts>;
  /** The model on the calling thread, for the deep questions. */
  readonly classifier: () => Promise<Classifier>;
  readonly references: References;
  readonly limits: Limits;
  /** Of the service. */
  readonly version: string;
  readonly hasUploads?: boolean;
  readonly keepsPhotos?: boolean;
  readonly inTurn: SerialQueue;
}

export interface HealthQuestion {
  /** Whether to run the parity photos. */
  readonly deep: boolean;
  /** Whether to compare with the reference as well. */
  readonly reference: boolean;
}

/** That the model is loaded and which it is; deep, that it still answers as its framework did; or as the reference does now. */
export type Health = (question: HealthQuestion, deadline: Deadline) => Promise<HealthBody>;

/** As Lambda and the stack's setting `architecture` name it. */
const architecture = process.arch === 'x64' ? 'x86_64' : process.arch;

export function createHealth(collaborators: HealthCollaborators): Health {
  const { model, classifier: load, references, limits, version, inTurn, hasUploads, keepsPhotos } = collaborators;
  return async ({ deep, reference }, deadline) => {
    if (reference && !deep) {
      throw new ServiceError('bad_request', 'The option reference goes with deep.', 'Ask with deep=1 as well.');
    }
    const { name, version: modelVersion, labels, output } = await deadline.race(model);
    const verify = async () => verifyParity(await load());
    const compare = async () => {
      const { compareWithReference } = await import('../reference/compare-with-reference.ts');
      return compareWithReference(await load(), references);
    };
    return {
      status: 'ok',
      model: { name, version: modelVersion, labels, output },
      version,
      architecture,
      limits: {
        bodySizeInBytes: limits.maximumBodySizeInBytes,
        photoSizeInBytes: limits.maximumPhotoSizeInBytes,
        pixels: limits.maximumPixels,
        items: limits.maximumItems,
      },
      ...(hasUploads && { uploads: true }),
      ...(keepsPhotos && { keepsPhotos: true }),
      ...(deep && { parity: await inTurn(verify, deadline.signal) }),
      ...(reference && { reference: await deadline.race((signal) => inTurn(compare, signal)) }),
    };
  };
}

/** The parity photos' report, null for a model that has none. */
function verifyParity(classifier: Classifier): Exclude<HealthBody['parity'], undefined> {
  const report = classifier.verifyParity();
  if (report === undefined) return null;
  const { ok, ...facts } = report;
  if (!ok) throw disagreement('The model no longer answers as its framework did.', facts);
  return facts;
}
