/** What only some commands need; an owner who deploys has them, one who classifies photos does not. */
export const optionalPeers = {
  '@pulumi/pulumi': '>=3.200 <4',
  '@pulumi/aws': '>=7 <8',
  '@pulumi/awsx': '>=3 <4',
  '@pulumi/docker-build': '>=0.0.22 <0.1',
  '@aws-sdk/client-ecr': '^3',
  '@aws-sdk/client-lambda': '^3',
  '@aws-sdk/client-sts': '^3',
} as const;

export interface PackageFacts {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
}

/** package.json of the package that others install: nothing of the tools that make it, and no dependency that must be there. */
export function describePackage({ name, version, description, license }: PackageFacts): object {
  return {
    name,
    version,
    description,
    license,
    type: 'module',
    keywords: ['image-classification', 'aws-lambda', 'serverless', 'keras', 'onnx', 'tensorflow-lite', 'pulumi'],
    engines: { node: '>=24' },
    bin: { [name]: 'bin/lambda-lens.mjs' },
    exports: {
      '.': { types: './types/library/lambda-lens.d.ts', default: './lib/index.mjs' },
      './pulumi': { types: './types/library/pulumi.d.ts', default: './lib/pulumi.mjs' },
      './package.json': './package.json',
    },
    peerDependencies: optionalPeers,
    peerDependenciesMeta: Object.fromEntries(Object.keys(optionalPeers).map((peer) => [peer, { optional: true }])),
  };
}
