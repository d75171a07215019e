// Runs in a container that shares the service's network: hands one JSON text a line on standard input to AWS's runtime
// interface emulator, and writes each answer as a line to standard output. The first line says that the emulator listens.
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const address = 'http://127.0.0.1:8080/2015-03-31/functions/function/invocations';

// Another path is answered with 404 as soon as there is somebody to answer.
while ((await fetch('http://127.0.0.1:8080/').catch(() => undefined)) === undefined) await sleep(50);
console.log(JSON.stringify({ kind: 'listening' }));

for await (const event of createInterface({ input: process.stdin })) {
  const response = await fetch(address, { method: 'POST', body: event });
  const body = await response.text();
  // A failed invocation is told by its body alone.
  const isError = !response.ok || 'errorType' in (JSON.parse(body) ?? {});
  console.log(JSON.stringify({ kind: isError ? 'error' : 'response', body }));
}
process.exit();
