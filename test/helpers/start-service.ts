import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { type RunningServer, serve } from '../../function/serve.ts';
import { drawnJpeg } from './drawn-jpeg.ts';
import { createTestService, type TestService } from './test-service.ts';

export const photo = drawnJpeg(16, 16);

/** A local server of its own for this test, closed behind it. */
export async function startService(changes: Parameters<typeof createTestService>[0] = {}): Promise<{
  readonly service: TestService;
  readonly server: RunningServer;
  readonly url: string;
}> {
  const service = createTestService(changes);
  const server = await serve(service, { port: 0, host: '127.0.0.1', takesRawEvents: true });
  onTestFinished(() => server.close(100));
  return { service, server, url: `http://127.0.0.1:${server.port}` };
}

export function post(url: string, body: Uint8Array | string, path = '/predict'): Promise<Response> {
  return fetch(url + path, { method: 'POST', body: Buffer.from(body) });
}

/** Status and code. */
export async function errorOf(response: Response): Promise<unknown> {
  const { error } = (await response.json()) as { error: { code: string } };
  return [response.status, error.code];
}

/** Everything that the server says to these bytes on one connection until it closes it. */
export async function converse(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(bytes);
  return text(socket);
}
