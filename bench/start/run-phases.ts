// One start of the service's own parts, in the order in which a request meets them; prints milliseconds by phase as JSON.
//   node run-phases.ts PHOTO
import { enableCompileCache } from 'node:module';

const phases: [name: string, milliseconds: number][] = [['Node.js itself', performance.now()]];
let before = performance.now();
function mark(name: string): void {
  const now = performance.now();
  phases.push([name, now - before]);
  before = now;
}

enableCompileCache();
const { readFile } = await import('node:fs/promises');
const { assets } = await import('../../function/assets.ts');
await import('../../function/wire.ts');
await import('../../function/serve.ts');
mark('modules of the service');
const { load } = await import('../../model/classifier.ts');
mark('modules of the model');
const { readGraphFile } = await import('../../model/graph-file.ts');
const { PlannedGraph } = await import('../../model/plan/planned-graph.ts');
const file = readGraphFile(assets.modelDirectory);
mark('model.json and weights.bin read and hashed');
const module = new WebAssembly.Module(await readFile(assets.kernelsFile));
mark('kernels compiled');
PlannedGraph.open(file, [1, 224, 224, 3], module);
mark('plan made, weights expanded and packed');
// Again, as a whole: what follows needs the classifier, and is not helped by it.
const classifier = await load(assets.modelDirectory, assets);
before = performance.now();
const { decodePhoto } = await import('../../function/photo/decode-photo.ts');
const bytes = await readFile(process.argv[2] as string);
const { width, height } = classifier.card.input;
for (const which of ['first', 'second', 'tenth']) {
  const runs = which === 'tenth' ? 8 : 1;
  for (let run = 0; run < runs; run++) {
    before = performance.now();
    const { pixels } = await decodePhoto(bytes, { maximumPixels: 50_000_000, minimumSize: { width, height } });
    const decodeMs = performance.now() - before;
    const { timing } = classifier.classify(pixels);
    if (run < runs - 1) continue;
    phases.push([`${which} photo: decode`, decodeMs], [`${which} photo: fit`, timing.fitMs]);
    phases.push([`${which} photo: forward pass`, timing.modelMs]);
  }
}
process.stdout.write(JSON.stringify(phases));
process.exit();
