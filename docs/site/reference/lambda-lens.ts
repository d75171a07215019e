// What the reference says of lambda-lens: all that the library gives.
// biome-ignore lint/performance/noBarrelFile: a list of what is described
export * from '../../../library/lambda-lens.ts';
