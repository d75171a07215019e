import { createHash } from 'node:crypto';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Card } from '../model/card/card.ts';
import type { WeightFormat } from './graph/encode-weights.ts';
import { type GraphModelParts, toGraphModel } from './graph/graph-model.ts';
import type { ImportedModel } from './import-model.ts';

/** How a model directory is written. */
export interface DirectoryOptions {
  /** Weights of 4, 2 or 1 byte each. */
  readonly weights: WeightFormat;
  /** What card.json says, but for its version, which is that of the weights. */
  readonly card: Omit<Card, 'version'>;
  /** The text of a parity.json to lie beside the model. */
  readonly parity?: string | undefined;
}

/** What was written. */
export interface WrittenModel {
  readonly card: Card;
  readonly weightsInBytes: number;
}

const versionLength = 12;

/**
 * Writes model.json, weights.bin, card.json and perhaps parity.json.
 * @param directory exists; what it holds of these files is written over
 * @param model as `importModel` reads it
 * @param options how weights are stored, and what the card says
 * @returns the card with its version, and the size of weights.bin
 * @throws Error of Node's file system, where a file cannot be written
 */
export async function writeModelDirectory(
  directory: string,
  model: ImportedModel,
  options: DirectoryOptions,
): Promise<WrittenModel> {
  const parts = toGraphModel(model.graph, options.weights);
  const { version, sizeInBytes } = await writeWeights(directory, parts.weights());
  const { name, ...rest } = options.card;
  const card: Card = { name, version, ...rest };
  await writeFile(join(directory, 'model.json'), `${JSON.stringify(modelJson(model, parts))}\n`);
  await writeCard(directory, card);
  if (options.parity !== undefined) await writeFile(join(directory, 'parity.json'), options.parity);
  return { card, weightsInBytes: sizeInBytes };
}

export async function writeCard(directory: string, card: Card): Promise<void> {
  await writeFile(join(directory, 'card.json'), `${JSON.stringify(card, null, 2)}\n`);
}

/** Writes weights.bin; its version is what card.json holds. */
export async function writeWeights(
  directory: string,
  weights: Iterable<Uint8Array>,
): Promise<{ version: string; sizeInBytes: number }> {
  const file = await open(join(directory, 'weights.bin'), 'w');
  const hash = createHash('sha256');
  let sizeInBytes = 0;
  try {
    for (const bytes of weights) {
      await file.writeFile(bytes);
      hash.update(bytes);
      sizeInBytes += bytes.length;
    }
  } finally {
    await file.close();
  }
  return { version: hash.digest('hex').slice(0, versionLength), sizeInBytes };
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
