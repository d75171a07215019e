import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { createDraw, type Draw } from './random-draw.ts';
import { startPhotoServer } from './soak/photo-server.ts';
import { createRequestKinds, drawSoakPhoto, type RequestKind } from './soak/request-kinds.ts';
import type { Figures, ServiceMessage } from './soak/service-process.ts';

const maximumDurationInMilliseconds = 30 * 60_000;
/** Long, since the one thread of the service also decodes and predicts for the other connections meanwhile. */
const fetchTimeoutInMilliseconds = 4_000;
/** Enough for the model, every decoder and the connections to be there before memory is first measured. */
const warmUpRequests = 300;

async function messageOf(child: ChildProcess): Promise<ServiceMessage> {
  const [message] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('The service has ended.'))),
  ]);
  return message;
}

async function figuresOf(child: ChildProcess): Promise<Figures> {
  child.send('figures');
  return (await messageOf(child)) as Figures;
}

async function send(kind: RequestKind, draw: Draw, port: number, agent: Agent): Promise<string> {
  const body = Buffer.from(kind.body?.(draw) ?? '');
  if (kind.hangsUp) return hangUp(kind, body, port);
  const { method, path, type } = kind;
  const headers = { 'content-length': body.length, ...(type === undefined ? {} : { 'content-type': type }) };
  const sent = request({ agent, host: '127.0.0.1', port, method, path, headers }).end(body);
  const [response] = await once(sent, 'response');
  const answer = JSON.parse(await text(response));
  return answer.error?.code ?? answer.errorType ?? (response.statusCode === 200 ? 'ok' : String(response.statusCode));
}

async function hangUp(kind: RequestKind, body: Buffer, port: number): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`${kind.method} ${kind.path} HTTP/1.1\r\nHost: soak\r\nContent-Length: ${body.length}\r\n\r\n`);
  socket.write(body.subarray(0, body.length / 2), () => socket.destroy());
  await once(socket, 'close');
  return 'none';
}

/** Outcomes by kind of request. */
type Outcomes = Map<RequestKind, Map<string, number>>;

interface Soak {
  readonly kinds: readonly RequestKind[];
  readonly draw: Draw;
  readonly port: number;
  readonly connections: number;
}

async function runSoak({ kinds, draw, port, connections }: Soak, requests: number): Promise<Outcomes> {
  const outcomes: Outcomes = new Map(kinds.map((kind) => [kind, new Map()]));
  const lots = kinds.flatMap((kind) => Array<RequestKind>(kind.weight).fill(kind));
  const endsAt = Date.now() + maximumDurationInMilliseconds;
  let left = requests;
  const work = async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    while (left > 0 && Date.now() < endsAt) {
      left -= 1;
      const kind = lots[draw(lots.length)] as RequestKind;
      // A connection that breaks without an answer is an outcome too, and one that nothing expects.
      const outcome = await send(kind, draw, port, agent).catch((error: Error) => `no answer: ${error.message}`);
      const counts = outcomes.get(kind) as Map<string, number>;
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    }
    agent.destroy();
  };
  await Promise.all(Array.from({ length: connections }, work));
  return outcomes;
}

function printOutcomes(outcomes: Outcomes): boolean {
  let asExpected = true;
  for (const [kind, counts] of outcomes) {
    const unexpected = [...counts.keys()].filter((outcome) => !kind.expected.includes(outcome));
    asExpected &&= unexpected.length === 0;
    const cells = [...counts].map(([outcome, count]) => `${outcome} ${count}`).join(', ');
    console.log(`${kind.name.padEnd(28)} ${cells}${unexpected.length === 0 ? '' : '   UNEXPECTED'}`);
  }
  return asExpected;
}

function count(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('It must be a whole number from 1.');
  return number;
}

const options = new Command('soak')
  .description('Sends a mix of good and bad requests to a service of its own on loopback, and says what became of it.')
  .option('--requests <count>', 'how many', count, 10_000)
  .option('--connections <count>', 'how many at a time', count, 16)
  .option('--seed <number>', 'for the same mix again', count, 1)
  .parse()
  .opts<{ requests: number; connections: number; seed: number }>();

const photo = drawSoakPhoto();
const photoServer = await startPhotoServer(photo);
const child = fork(fileURLToPath(new URL('./soak/service-process.ts', import.meta.url)), {
  execArgv: ['--expose-gc'],
  env: {
    ...process.env,
    PHOTO_URL_ALLOWED_HOSTS: photoServer.address,
    FETCH_TIMEOUT_IN_MILLISECONDS: String(fetchTimeoutInMilliseconds),
  },
});
try {
  const { port } = (await messageOf(child)) as { port: number };
  const kinds = await createRequestKinds(photo, photoServer.address);
  const soak = { kinds, draw: createDraw(options.seed), port, connections: options.connections };
  await runSoak(soak, warmUpRequests);
  const before = await figuresOf(child);
  const startedAt = performance.now();
  const outcomes = await runSoak(soak, options.requests);
  const seconds = (performance.now() - startedAt) / 1_000;
  const after = await figuresOf(child);
  const asExpected = printOutcomes(outcomes);
  const sent = [...outcomes.values()].flatMap((counts) => [...counts.values()]).reduce((sum, each) => sum + each, 0);
  console.log(`\n${sent} requests over ${options.connections} connections in ${seconds.toFixed(0)} s`);
  console.log(
    `resident memory: ${before.residentInMegabytes} MB at the start, ${after.residentInMegabytes} MB at the end`,
  );
  console.log(
    `of it held by the program: ${before.heldInMegabytes} MB at the start, ${after.heldInMegabytes} MB at the end`,
  );
  console.log(`tensors: ${before.tensors} at the start, ${after.tensors} at the end`);
  const isCut = sent < options.requests;
  if (isCut) console.log(`ended after ${maximumDurationInMilliseconds / 60_000} minutes, before all were sent`);
  if (isCut || !asExpected || before.tensors !== after.tensors) process.exitCode = 1;
} finally {
  child.disconnect();
  photoServer.close();
}
