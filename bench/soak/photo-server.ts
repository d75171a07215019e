import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The other server of the soak, on loopback: a good photo at `/photo.jpg`, and at other paths what servers do wrong. */
export async function startPhotoServer(photo: Uint8Array) {
  const answers: Readonly<Record<string, (response: ServerResponse) => unknown>> = {
    '/photo.jpg': (response) => response.end(photo),
    '/redirect': (response) => response.writeHead(302, { location: '/photo.jpg' }).end(),
    '/to-metadata': (response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
    '/cut': (response) => {
      response.writeHead(200, { 'content-length': photo.length });
      response.write(photo.subarray(0, 100), () => response.destroy());
    },
    '/silent': () => undefined,
  };
  const server = createServer((request, response) => {
    const answer = answers[request.url ?? ''];
    if (answer === undefined) response.writeHead(404).end();
    else answer(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
