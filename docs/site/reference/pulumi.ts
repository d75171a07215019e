// What the reference says of lambda-lens/pulumi. Its arguments stand there as the component for other languages has them, each
// with its sentence and range; the library's own types tell an editor the same, and are no reading.
// biome-ignore lint/performance/noBarrelFile: a list of what is described
export { LambdaLens } from '../../../infra/lambda-lens.ts';
export { readConfig } from '../../../infra/read-config.ts';
export type { LambdaLensArgs } from '../../../packaging/component/args.ts';
