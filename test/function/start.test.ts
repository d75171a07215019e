import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

// Runs in a process of its own: here the tests themselves have loaded everything.
const program = `
  const { createRequire } = await import('node:module');
  const { wireService } = await import('./function/wire.ts');
  await import('./function/serve.ts');
  const { drawParityPhoto } = await import('./model/parity/parity-photo.ts');
  const classifier = await wireService({}).collaborators.classifier();
  const { verdict } = classifier.classify(drawParityPhoto({ kind: 'garment', width: 60, height: 80, seed: 1 }));
  const packages = Object.keys(createRequire(import.meta.url).cache).filter((file) => file.includes('@tensorflow'));
  const clients = process.moduleLoadList.filter((name) => name.includes('undici/undici'));
  process.stdout.write(JSON.stringify({ verdict, packages, clients }));
`;

it('listens and answers by the shipped model with neither TF.js nor the HTTP client of fetch loaded', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);

  expect(JSON.parse(stdout)).toEqual({ verdict: expect.any(String), packages: [], clients: [] });
});

const protectorProgram = `
  const { createHash } = await import('node:crypto');
  const { wireService } = await import('./function/wire.ts');
  const { drawnJpeg } = await import('./test/helpers/drawn-jpeg.ts');
  const { classifier, decodePhoto } = wireService({}).collaborators;
  await classifier();
  process.stdout.write('loaded\\n');
  createHash('sha256').update('the body of a request is such a Buffer too').digest();
  // The second needs more memory than kernels have at first.
  for (const width of [400, 20_000]) {
    const { pixels } = await decodePhoto(drawnJpeg(width, 60), { maximumPixels: Number.POSITIVE_INFINITY });
    (await classifier()).classify(pixels);
  }
`;

it('has V8 give up what it assumes of typed arrays before any code is optimised, not at a request', async () => {
  const options = ['--trace-protector-invalidation', '--input-type=module', '--eval', protectorProgram];
  const { stdout } = await promisify(execFile)(process.execPath, options);
  const [before = '', after = ''] = stdout.split('loaded');

  expect(before).toContain('protector cell TypedArrayLengthLookupChain');
  expect(after).not.toMatch(/TypedArray|ArrayBuffer/);
});
