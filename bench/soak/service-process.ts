import { serve } from '../../function/serve.ts';
import { wireService } from '../../function/wire.ts';

/** What the service's process tells: its port once it listens, and its figures whenever it is asked. */
export type ServiceMessage = { readonly port: number } | Figures;

export interface Figures {
  readonly residentInMegabytes: number;
  /** What the program itself still holds, WebAssembly's memory included; the rest is the allocators'. */
  readonly heldInMegabytes: number;
  readonly tensors: number;
}

const server = await serve(wireService(process.env, { startsCold: false, log: () => undefined }), {
  port: 0,
  host: '127.0.0.1',
});
process.send?.({ port: server.port } satisfies ServiceMessage);

process.on('message', async () => {
  // Imported when asked, as the service does, so that what is measured is a service as it runs.
  const { engine } = await import('@tensorflow/tfjs-core');
  // Twice: what the first collection finalises is freed by the second.
  globalThis.gc?.();
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  const residentInMegabytes = Math.round(rss / 1e6);
  const heldInMegabytes = Math.round((heapUsed + external) / 1e6);
  process.send?.({ residentInMegabytes, heldInMegabytes, tensors: engine().state.numTensors } satisfies ServiceMessage);
});
process.on('disconnect', () => process.exit());
