// Runs in a container: the Runtime API for whoever shares its network, driven by one JSON text a line on standard
// input, each answered by a line on standard output. The first line of output says that it listens.
import { createInterface } from 'node:readline';
import { RuntimeApiServer } from '../../function/runtime/runtime-api-server.ts';

const server = await new RuntimeApiServer().listen('127.0.0.1', 9001);
server.initError().then(({ body }) => console.log(JSON.stringify({ kind: 'init error', body })));
console.log(JSON.stringify({ kind: 'listening' }));

for await (const event of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await server.invokeRaw(event)));
}
process.exit();
