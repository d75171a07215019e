import { createHash } from 'node:crypto';
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Card } from '../card.ts';
import type { WeightFormat } from './graph/encode-weights.ts';
import { type GraphModelParts, toGraphModel } from './graph/graph-model.ts';
import type { ImportedModel } from './import-model.ts';

export interface DirectoryOptions {
  readonly weights: WeightFormat;
  /** What card.json says, but for its version, which is that of the weights. */
  readonly card: Omit<Card, 'version'>;
  /** The text of a parity.json to lie beside the model. */
  readonly parity?: string | undefined;
}

export interface WrittenModel {
  /** First 12 hexadecimal digits of the SHA-256 of weights.bin. */
  readonly version: string;
  readonly weightsInBytes: number;
}

const versionLength = 12;

/**
 * Writes model.json, weights.bin, card.json and perhaps parity.json into `directory`, which is made where it is missing.
 * The files are written beside their places and moved there at the end, so that a failure leaves an earlier model whole.
 */
export async function writeModelDirectory(
  directory: string,
  model: ImportedModel,
  options: DirectoryOptions,
): Promise<WrittenModel> {
  await mkdir(directory, { recursive: true });
  const parts = toGraphModel(model.graph, options.weights);
  const finished: string[] = [];
  const temporary = (name: string) => join(directory, `${name}.partial-${process.pid}`);
  try {
    const { digest, sizeInBytes } = await writeWeights(temporary('weights.bin'), parts);
    finished.push('weights.bin');
    const version = digest.slice(0, versionLength);
    const { name, ...card } = options.card;
    const cardJson: Card = { name, version, ...card };
    const texts: Record<string, string> = {
      'model.json': `${JSON.stringify(modelJson(model, parts))}\n`,
      'card.json': `${JSON.stringify(cardJson, null, 2)}\n`,
      ...(options.parity !== undefined && { 'parity.json': options.parity }),
    };
    for (const [file, text] of Object.entries(texts)) {
      await writeFile(temporary(file), text);
      finished.push(file);
    }
    for (const file of finished) await rename(temporary(file), join(directory, file));
    // That of another model would now be wrong.
    if (options.parity === undefined) await rm(join(directory, 'parity.json'), { force: true });
    return { version, weightsInBytes: sizeInBytes };
  } finally {
    for (const name of ['weights.bin', 'model.json', 'card.json', 'parity.json'])
      await rm(temporary(name), { force: true });
  }
}

async function writeWeights(path: string, parts: GraphModelParts): Promise<{ digest: string; sizeInBytes: number }> {
  const file = await open(path, 'w');
  const hash = createHash('sha256');
  let sizeInBytes = 0;
  try {
    for (const bytes of parts.weights()) {
      await file.write(bytes);
      hash.update(bytes);
      sizeInBytes += bytes.length;
    }
  } finally {
    await file.close();
  }
  return { digest: hash.digest('hex'), sizeInBytes };
}

function modelJson(model: ImportedModel, parts: GraphModelParts): object {
  const { kernel, bias, pooling, isLinearInMap } = model.head;
  const nameOf = (node: typeof kernel) => (node && parts.names.get(node)) ?? null;
  return {
    format: 'graph-model',
    generatedBy: model.madeWith,
    convertedBy: 'lambda-lens',
    signature: parts.signature,
    userDefinedMetadata: {
      lambdaLens: { head: { kernel: nameOf(kernel), bias: nameOf(bias), pooling: pooling ?? null, isLinearInMap } },
    },
    modelTopology: parts.topology,
    weightsManifest: [{ paths: ['weights.bin'], weights: parts.weightSpecifications }],
  };
}
