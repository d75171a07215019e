import { spawn } from 'node:child_process';
import { RuntimeApiServer } from '../../test/function/runtime/runtime-api-server.ts';
import { payload2Event } from '../../test/helpers/events.ts';

/**
 * The staged bundle as Lambda runs it, waiting for events.
 * @returns what posts the photo to it once and answers how long the model's stage took, in milliseconds; and what ends it
 */
export async function startBundle(entry: string, photo: Uint8Array) {
  const server = await new RuntimeApiServer().listen();
  const child = spawn(process.execPath, [entry], {
    env: { PATH: process.env.PATH, NODE_OPTIONS: process.env.NODE_OPTIONS, AWS_LAMBDA_RUNTIME_API: server.endpoint },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await server.runtimeWaits();
  const headers = { 'content-type': 'image/jpeg' };
  const event = payload2Event({ method: 'POST', path: '/predict', headers, body: photo });
  return {
    invoke: async (): Promise<number> => {
      const { body } = await server.invoke(event);
      return JSON.parse(JSON.parse(body).body).timing.modelMs;
    },
    end: () => {
      child.kill('SIGKILL');
      void server.die();
    },
  };
}
