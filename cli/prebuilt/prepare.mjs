// npm runs this at the end of `npm ci` and `npm install`. Without what it makes the command starts from its sources, a
// little later: no reason to fail an installation.
const oldestMajor = 24;
if (Number(process.versions.node.split('.')[0]) < oldestMajor) {
  console.log(`Not prebuilt by Node.js ${process.version}: the command will say what it needs.`);
} else {
  await attempt('Not prebuilt, so the command starts from its sources', async () => {
    const { prebuild } = await import('./prebuild.ts');
    await prebuild();
    await attempt('Without compiled code, so the service starts a little later', async () => {
      const { keepCode } = await import('./keep-code.ts');
      const { directory, entries } = await import('./find-entry.mjs');
      await keepCode(new URL(entries.service, directory));
    });
  });
}

async function attempt(consequence, act) {
  try {
    await act();
  } catch (error) {
    console.log(`${consequence}: ${error.message}`);
  }
}
