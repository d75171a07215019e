import { serve } from '../../function/serve.ts';
import { wireService } from '../../function/wire.ts';

/** What the service's process tells: its port once it listens, and its figures whenever it is asked. */
export type ServiceMessage = { readonly port: number } | Figures;

export interface Figures {
  readonly residentInMegabytes: number;
  readonly tensors: number;
}

const server = await serve(wireService(process.env, { startsCold: false, log: () => undefined }), {
  port: 0,
  host: '127.0.0.1',
});
process.send?.({ port: server.port } satisfies ServiceMessage);

process.on('message', async () => {
  // Imported when asked, as the service does, so that what is measured is a service as it runs.
  const { memory } = await import('@tensorflow/tfjs-core');
  // Twice: what the first collection finalises is freed by the second.
  globalThis.gc?.();
  globalThis.gc?.();
  const residentInMegabytes = Math.round(process.memoryUsage.rss() / 1e6);
  process.send?.({ residentInMegabytes, tensors: memory().numTensors } satisfies ServiceMessage);
});
process.on('disconnect', () => process.exit());
