// What `import … from 'lambda-lens/pulumi'` gives: the stack as one component, for a Pulumi program of one's own.
export { LambdaLens, type LambdaLensArgs } from '../infra/lambda-lens.ts';
export { readConfig } from '../infra/read-config.ts';
