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

export const { LambdaLens, readConfig } = await import('./stack.mjs');
