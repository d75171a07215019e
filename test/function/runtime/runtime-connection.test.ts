import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { RuntimeConnection } from '../../../function/runtime/runtime-connection.ts';

const servers: Server[] = [];
const connections: RuntimeConnection[] = [];
afterEach(() => {
  for (const connection of connections.splice(0)) connection.close();
  for (const server of servers.splice(0)) server.close();
});

/** A connection to a server that answers each piece it gets by the function given; what it got, by socket. */
async function connectTo(answer: (socket: Socket, count: number) => void) {
  const received: string[] = [];
  let count = 0;
  const server = createServer((socket) => {
    const index = received.push('') - 1;
    socket
      .on('error', () => undefined)
      .on('data', (piece) => {
        received[index] += piece.toString();
        count++;
        answer(socket, count);
      });
  });
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  const connection = new RuntimeConnection(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  connections.push(connection);
  return { connection, received };
}

const accepted = 'HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\nok';
const get = { method: 'GET', path: '/next' } as const;

it('sends a message and the next one over the same connection', async () => {
  const { connection, received } = await connectTo((socket) => socket.write(accepted));
  const headers = { 'content-type': 'application/json' };

  await connection.exchange({ method: 'POST', path: '/one', headers, content: '"ü"' });
  const { status, body } = await connection.exchange(get);

  expect([status, body]).toEqual([202, 'ok']);
  expect(received).toHaveLength(1);
  expect(received[0]).toMatch(
    /^POST \/one HTTP\/1\.1\r\nhost: 127\.0\.0\.1:\d+\r\ncontent-type: application\/json\r\ncontent-length: 4\r\n\r\n"ü"GET \/next HTTP\/1\.1\r\nhost: \S+\r\n\r\n$/,
  );
});

it('takes no answer that nobody asked for as that to the next message', async () => {
  const sockets: Socket[] = [];
  const { connection, received } = await connectTo((socket) => {
    sockets.push(socket);
    socket.write(accepted);
  });

  await connection.exchange(get);
  const [first] = sockets as [Socket];
  first.write(accepted.replace('ok', 'no'));
  await once(first, 'close');
  const { body } = await connection.exchange(get);

  expect(body).toBe('ok');
  expect(received).toHaveLength(2);
});

it('lets no header begin another', async () => {
  const { connection, received } = await connectTo((socket) => socket.write(accepted));

  await connection.exchange({ ...get, headers: { type: 'a\r\nb: cü' } });

  expect(received[0]).toContain('\r\ntype: a??b: c?\r\n');
});

it('takes another connection where the server says that it closes this one', async () => {
  const closing = accepted.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n');
  const { connection, received } = await connectTo((socket) => socket.write(closing));

  await connection.exchange(get);
  await connection.exchange(get);

  expect(received).toHaveLength(2);
});

it('takes another connection where the server closed this one between two messages', async () => {
  const { connection, received } = await connectTo((socket, count) => {
    if (count === 1) socket.end(accepted);
    else socket.write(accepted);
  });

  await connection.exchange(get);
  await connection.exchange(get);

  expect(received).toHaveLength(2);
});

it('sends nothing again of which the answer had begun', async () => {
  const { connection, received } = await connectTo((socket, count) => {
    if (count === 1) socket.write(accepted);
    else socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf');
  });
  await connection.exchange(get);

  await expect(connection.exchange(get)).rejects.toMatchObject({ name: 'ConnectionCut', code: 'ECONNRESET' });

  expect(received).toHaveLength(1);
});

it('refuses an answer that is no HTTP', async () => {
  const { connection } = await connectTo((socket) => socket.write('220 mail\r\n\r\n'));

  await expect(connection.exchange(get)).rejects.toThrow('something else than HTTP/1.1');
});

it('gives up a wait when it is told to, and may be used again', async () => {
  const stopped = new AbortController();
  const { connection, received } = await connectTo((socket, count) => {
    if (count === 1) stopped.abort();
    else socket.write(accepted);
  });

  await expect(connection.exchange({ ...get, signal: stopped.signal })).rejects.toMatchObject({ name: 'AbortError' });

  expect(await connection.exchange(get)).toMatchObject({ body: 'ok' });
  expect(received).toHaveLength(2);
});

it('sends nothing once it was told to give up', async () => {
  const { connection } = await connectTo((socket) => socket.write(accepted));

  await expect(connection.exchange({ ...get, signal: AbortSignal.abort() })).rejects.toMatchObject({
    name: 'AbortError',
  });
});

it('reads an answer of many pieces', async () => {
  const text = 'x'.repeat(6_000_000);
  const answer = `HTTP/1.1 200 OK\r\nContent-Length: ${text.length}\r\n\r\n${text}`;
  const { connection } = await connectTo((socket) => socket.write(answer));

  expect((await connection.exchange(get)).body).toHaveLength(text.length);
});

it('says why there is no connection', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');

  await expect(new RuntimeConnection(new URL(`http://127.0.0.1:${port}`)).exchange(get)).rejects.toMatchObject({
    code: 'ECONNREFUSED',
  });
});
