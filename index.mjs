import { RunError } from '@pulumi/pulumi';

// Plain JavaScript on purpose: Pulumi runs the first Node.js on the path, and an old one must be able to read this far.
const oldestNodeMajor = 24;
if (Number(process.versions.node.split('.')[0]) < oldestNodeMajor) {
  throw new RunError(
    `This stack needs Node.js ${oldestNodeMajor} or later, and Pulumi found ${process.version}: run "npm run deploy", or put the ` +
      'Node.js that "npm ci" brought along first on the path, as in PATH="$PWD/node_modules/.bin:$PATH" pulumi up.',
  );
}

const stack = await import('./index.ts');
// biome-ignore lint/style/noDefaultExport: the outputs of a stack, by the names that index.ts gives them
export default { ...stack };
