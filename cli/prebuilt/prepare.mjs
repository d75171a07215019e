// npm runs this at the end of `npm ci` and `npm install`. Without what it makes the command starts from its sources, a
// little later: no reason to fail an installation.
const oldestMajor = 24;
if (Number(process.versions.node.split('.')[0]) < oldestMajor) {
  console.log(`Not prebuilt by Node.js ${process.version}: the command will say what it needs.`);
} else {
  try {
    const { prebuild } = await import('./prebuild.ts');
    await prebuild();
  } catch (error) {
    console.log(`Not prebuilt, so the command starts from its sources: ${error.message}`);
  }
}
