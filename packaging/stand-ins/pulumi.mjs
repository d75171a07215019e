import { createRequire } from 'node:module';

// The way to the stack's component in the package: says what is missing before the first import of it fails.
const peers = ['@pulumi/pulumi', '@pulumi/aws', '@pulumi/awsx', '@pulumi/docker-build'];
const missing = peers.filter((peer) => {
  try {
    import.meta.resolve(peer);
    return false;
  } catch {
    return true;
  }
});
if (missing.length > 0) {
  throw new Error(`lambda-lens/pulumi needs ${missing.join(', ')}. Install it: npm install ${missing.join(' ')}`);
}

// Without an await here, since Pulumi's host of components takes its modules by require.
export const { LambdaLens, readConfig } = createRequire(import.meta.url)('./stack.mjs');
