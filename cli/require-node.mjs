// Plain JavaScript on purpose: this file must run on an old Node.js to say what is wrong with it.
const oldestMajor = 24;
const major = Number(process.versions.node.split('.')[0]);
if (major < oldestMajor) {
  console.error(
    `lambda-lens needs Node.js ${oldestMajor} or later, and this is ${process.version}.\n` +
      'The project brings its own: run "npm ci", then start it through npm ("npm start", "npm test", "npx lambda-lens …").\n' +
      'If npm said that it blocked install scripts, run "npm rebuild node" once.',
  );
  process.exit(1);
}
