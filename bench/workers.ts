// What worker threads give: the service on one thread and on several, in turn, asked by one caller and by more.
//   node bench/workers.ts [--workers 2] [--callers 4] [--photos 40] [--rounds 5]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { availableParallelism, loadavg } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { drawnJpeg } from '../test/helpers/drawn-jpeg.ts';
import { summarise } from './summarise.ts';

const { values } = parseArgs({
  options: {
    workers: { type: 'string', default: String(availableParallelism()) },
    callers: { type: 'string', default: '4' },
    photos: { type: 'string', default: '40' },
    rounds: { type: 'string', default: '5' },
  },
});
const [workers, callers, photoCount, rounds] = [values.workers, values.callers, values.photos, values.rounds].map(
  Number,
) as [number, number, number, number];
const program = fileURLToPath(new URL('../cli/lambda-lens.mjs', import.meta.url));
const requests = [drawnJpeg(400, 534), drawnJpeg(800, 600), drawnJpeg(640, 640), drawnJpeg(1_200, 900)].map(requestOf);

interface RunningService {
  readonly name: string;
  readonly url: string;
  readonly readyMs: number;
  /** What its threads have taken of processors; Linux only. */
  readonly processorMs: () => Promise<number>;
  /** Resident memory in megabytes; Linux only. */
  readonly residentMb: () => Promise<number>;
  readonly stop: () => void;
}

async function start(count: number): Promise<RunningService> {
  const startedAt = performance.now();
  const words = ['serve', '--port', '0', '--workers', String(count)];
  const child = spawn(process.execPath, [program, ...words], {
    env: { ...process.env, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const url = /http:\/\/localhost:\d+/.exec(line)?.[0]?.replace('localhost', '127.0.0.1') ?? '';
  return {
    name: `${count} worker${count === 1 ? '' : 's'}`,
    url,
    readyMs: performance.now() - startedAt,
    processorMs: async () => {
      // After the program's name, which ends with a bracket: user and system time are the 12th and the 13th, in hundredths.
      const stat = await readFile(`/proc/${child.pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return (Number(fields[11]) + Number(fields[12])) * 10;
    },
    residentMb: async () => {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
    },
    stop: () => child.kill('SIGKILL'),
  };
}

/**
 * A connection that asks one question after the other. Written by hand: what the caller takes of the processors is missing
 * to the service, and a client of HTTP takes several times as much.
 */
class Caller {
  readonly #socket: Socket;
  #answer = '';
  #told: ((answer: string) => void) | undefined;

  constructor(url: string) {
    this.#socket = connect(Number(new URL(url).port), '127.0.0.1');
    this.#socket.setEncoding('latin1').on('data', (chunk: string) => {
      this.#answer += chunk;
      const end = this.#answer.indexOf('\r\n\r\n') + 4;
      const length = Number(/content-length: (\d+)/i.exec(this.#answer)?.[1]);
      if (end > 3 && this.#answer.length - end >= length) this.#told?.(this.#answer);
    });
  }

  async predict(request: Uint8Array): Promise<string> {
    this.#answer = '';
    const answered = new Promise<string>((resolve) => {
      this.#told = resolve;
    });
    this.#socket.write(request);
    const answer = await answered;
    if (!answer.startsWith('HTTP/1.1 200')) throw new Error(answer);
    return answer.slice(answer.indexOf('\r\n\r\n') + 4);
  }

  close(): void {
    this.#socket.destroy();
  }
}

function requestOf(photo: Uint8Array): Uint8Array {
  const head = ['POST /predict?top=10 HTTP/1.1', 'host: 127.0.0.1', 'content-type: image/jpeg'];
  return Buffer.concat([Buffer.from(`${[...head, `content-length: ${photo.length}`].join('\r\n')}\r\n\r\n`), photo]);
}

/** Photos a second, all callers together; each asks again as soon as it is answered. */
async function rateOf(url: string, atOnce: number): Promise<number> {
  let next = 0;
  const startedAt = performance.now();
  const call = async () => {
    const caller = new Caller(url);
    for (let index = next++; index < photoCount; index = next++) {
      await caller.predict(requests[index % requests.length] as Uint8Array);
    }
    caller.close();
  };
  await Promise.all(Array.from({ length: atOnce }, call));
  return photoCount / ((performance.now() - startedAt) / 1_000);
}

async function answersOf(url: string): Promise<unknown[]> {
  const callers = requests.map((request) => ({ request, caller: new Caller(url) }));
  const answers = await Promise.all(callers.map(({ request, caller }) => caller.predict(request)));
  for (const { caller } of callers) caller.close();
  return answers.map((answer) => ({ ...JSON.parse(answer), timing: undefined }));
}

const loadBefore = loadavg()[0];
const services = [await start(1), await start(workers)];
const [one, several] = services as [RunningService, RunningService];
try {
  const answers = await Promise.all(services.map(({ url }) => answersOf(url)));
  const isSame = JSON.stringify(answers[0]) === JSON.stringify(answers[1]);
  // Threads are not there at once.
  for (const { url } of [...services, ...services]) await rateOf(url, callers);
  for (const atOnce of [1, callers]) {
    const rates = new Map<string, number[]>(services.map(({ name }) => [name, []]));
    const takenBefore = await Promise.all(services.map(({ processorMs }) => processorMs()));
    for (let round = 0; round < rounds; round++) {
      for (const { name, url } of services) rates.get(name)?.push(await rateOf(url, atOnce));
    }
    const takenAfter = await Promise.all(services.map(({ processorMs }) => processorMs()));
    const aPhoto = takenAfter.map((after, index) => (after - (takenBefore[index] ?? 0)) / (rounds * photoCount));
    console.log(`${atOnce} callers: ${aPhoto.map((ms) => `${ms.toFixed(1)} ms`).join(' and ')} of processors a photo`);
    const ratios = (rates.get(several.name) ?? []).map((rate, round) => rate / (rates.get(one.name)?.[round] ?? rate));
    for (const [name, measured] of rates) {
      const { median, lowest, highest } = summarise(measured);
      const range = `${lowest.toFixed(1)}–${highest.toFixed(1)}`;
      console.log(`${atOnce} callers, ${name}: ${median.toFixed(1)} photos a second (${range})`);
    }
    const { median, lowest, highest } = summarise(ratios);
    console.log(`${atOnce} callers: ${median.toFixed(2)} times (${lowest.toFixed(2)}–${highest.toFixed(2)})`);
  }
  for (const { name, readyMs, residentMb } of services) {
    console.log(`${name}: ready after ${readyMs.toFixed(0)} ms, ${(await residentMb()).toFixed(0)} MB resident`);
  }
  console.log(`the same answers: ${isSame ? 'yes' : 'NO'}`);
  console.log(`load average ${loadBefore} before, ${loadavg()[0]} after, ${availableParallelism()} processors`);
  if (!isSame) process.exitCode = 1;
} finally {
  for (const { stop } of services) stop();
}
