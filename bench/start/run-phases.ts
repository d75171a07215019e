// One start of the service's own parts, in the order in which a request meets them; prints milliseconds by phase as JSON.
//   node run-phases.ts MODEL          as far as the model, whose parts are told apart
//   node run-phases.ts MODEL PHOTO    with the model as a whole, and photos after it
import { enableCompileCache } from 'node:module';
import type { Classifier } from '../../model/classification.ts';

const phases: [name: string, milliseconds: number][] = [['Node.js itself', performance.now()]];
let before = performance.now();
function mark(name: string): void {
  const now = performance.now();
  phases.push([name, now - before]);
  before = now;
}

enableCompileCache();
const { readFileSync } = await import('node:fs');
const { assets } = await import('../../function/bundling/assets.ts');
await import('../../function/wire.ts');
await import('../../function/serve.ts');
mark('modules of the service');
const { load } = await import('../../model/classifier.ts');
mark('modules of the model');
const [directory = '', photo] = process.argv.slice(2);
if (photo === undefined) {
  await loadPartByPart();
} else {
  const classifier = await load(directory, assets);
  mark('model as a whole');
  await answer(classifier, readFileSync(photo));
}
process.stdout.write(JSON.stringify(phases));
process.exit();

async function loadPartByPart(): Promise<void> {
  const { readCheckedModel } = await import('../../model/checked-model.ts');
  const { readStoredGraph } = await import('../../model/graph/graph-file.ts');
  const { modelKernels } = await import('../../model/kernels/model-kernels.ts');
  const { PlannedGraph } = await import('../../model/plan/planned-graph.ts');
  before = performance.now();
  const checked = readCheckedModel(directory);
  if (checked === undefined) throw new Error(`${directory} has no note that it was checked.`);
  const file = readStoredGraph(directory, () => checked);
  mark('model.json read');
  modelKernels.instantiate(new WebAssembly.Memory({ initial: 1 }));
  mark('kernels compiled');
  PlannedGraph.open(file, [1, 224, 224, 3]);
  mark('plan made, weights read, expanded and packed');
}

async function answer(classifier: Classifier, bytes: Uint8Array): Promise<void> {
  const { decodePhoto } = await import('../../photo/decode-photo.ts');
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
}
