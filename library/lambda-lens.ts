// What `import … from 'lambda-lens'` gives, in a program of one's own.
export type { Answer } from '../facts/answers.ts';
export { ServiceError } from '../function/invocation/service-error.ts';
export { ImportError } from '../importer/import-error.ts';
export { type ImportedModel, type ImportModelOptions, importModel } from '../importer/import-model.ts';
export { type DirectoryOptions, type WrittenModel, writeModelDirectory } from '../importer/write-model-directory.ts';
export type { Card, CardInput } from '../model/card/card.ts';
export type { Verdict } from '../model/classification.ts';
export { ModelError } from '../model/model-error.ts';
export { type ClassifyOptions, type LoadOptions, load, type PhotoClassifier } from './load.ts';
