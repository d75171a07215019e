import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AwsAccount } from '../../../cli/doctor/aws-account.ts';
import type { RunProgram } from '../../../cli/doctor/run-program.ts';
import { type VerifyParts, verifyStack } from '../../../cli/verify/verification.ts';
import { writeTinyModel } from '../../helpers/tiny-model.ts';
import { fileInMemory } from '../operate/file-in-memory.ts';
import { FunctionInMemory, ShelfInMemory, version } from '../operate/function-in-memory.ts';
import { WatchInMemory } from '../rollout/watch-in-memory.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const tinyModel = writeTinyModel();
const tooMany = Object.assign(new Error('Rate Exceeded.'), { name: 'TooManyRequestsException' });

/** A service behind a door on this machine. */
export async function openDoor(): Promise<{
  readonly url: string;
  /** Paths that were asked for, one after the other. */
  readonly asked: string[];
  readonly close: () => void;
}> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    request.resume();
    asked.push(request.url ?? '');
    const health = { architecture: 'arm64', parity: null };
    const prediction = { label: 'hat', timing: { totalMs: 4, coldStart: false } };
    response.end(JSON.stringify(request.url?.startsWith('/health') ? health : prediction));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, asked, close: () => server.close() };
}

/** A Pulumi and an AWS account that behave as real ones do, as far as a verification asks. */
export class World {
  /** What pulumi was told, without the flags that every call has. */
  readonly commands: string[] = [];
  readonly lambda = new FunctionInMemory();
  readonly watch = new WatchInMemory();
  readonly settings: Record<string, string> = {};
  /** The command that ends with 255. */
  failing: string | undefined;
  stacks: string[] = [];
  left: string[][] = [[]];
  payload = '{"hat":1.5,"pants":-2}';
  /** Goes on answering whatever is reserved. */
  ignoresOff = false;
  /** Lets a version through that should not get through. */
  releasesAll = false;
  #deployments = 0;
  readonly #projectDirectory = mkdtempSync(join(tmpdir(), 'verify-project-'));
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
    this.lambda.versions = [];
  }

  parts(): VerifyParts {
    return {
      projectDirectory: this.#projectDirectory,
      region: 'eu-west-1',
      secret: 'a-secret-of-the-run',
      permissionsBoundary: undefined,
      photoUrl: 'https://photos.example/pants.jpg',
      run: this.#run(undefined),
      runHolding: (version) => this.#run(version),
      connect: async () => this.#account(),
      connectFunction: async () => this.lambda,
      openShelf: async () => new ShelfInMemory('a', 'b', 'c'),
      openFile: async () => fileInMemory(this.settings),
      findTagged: async () => (this.left.length > 1 ? this.left.shift() : this.left[0]) ?? [],
      watchVersions: async () => this.watch,
      now: this.watch.now,
      pause: this.watch.pause,
    };
  }

  #run(held: string | undefined): RunProgram {
    return async (file, words) =>
      file === 'pulumi' ? this.#pulumi(words, held) : { code: 0, output: '1 1', errors: '' };
  }

  #pulumi(words: readonly string[], held: string | undefined) {
    const end = words.findIndex((word) => ['--stack', '--non-interactive'].includes(word));
    const command = words.slice(0, end < 0 ? undefined : end).join(' ');
    this.commands.push(command);
    if (this.failing !== undefined && command.startsWith(this.failing)) {
      return { code: 255, output: '', errors: 'error: the bucket is on fire' };
    }
    if (command.startsWith('stack init')) this.#makeStackFile();
    if (command.startsWith('up')) this.#up(held);
    return { code: 0, output: this.#outputOf(command), errors: '' };
  }

  /** With the tiny model: doctor runs the model that it finds, and this is not about the shipped one. */
  #makeStackFile() {
    const write = (name: string, text: string) => writeFileSync(join(this.#projectDirectory, name), text);
    write('Pulumi.yaml', 'name: lambda-lens\n');
    write(`Pulumi.${verifyStack}.yaml`, `config: { 'lambda-lens:modelDirectory': ${JSON.stringify(tinyModel)} }\n`);
  }

  #up(held: string | undefined) {
    this.#deployments++;
    const newest = version(this.#deployments, 'abc'[this.#deployments - 1] ?? 'c');
    this.lambda.versions = [newest, ...this.lambda.versions];
    this.lambda.live = this.settings.liveVersion ?? held ?? newest.version;
    if (this.commands.findLast((command) => command.includes('maximumPixels'))?.includes('set')) {
      this.#refuseFrom(newest.version);
    }
  }

  /** From now on photos are too large for that version. */
  #refuseFrom(version: string) {
    const { invokeVersion } = this.lambda;
    this.lambda.invokeVersion = async (asked, event) => {
      const isPhoto = 'rawPath' in event && event.rawPath === '/predict';
      if (asked !== version || !isPhoto || this.releasesAll) return invokeVersion(asked, event);
      return { isError: false, payload: JSON.stringify({ statusCode: 413, body: '{"error":{}}' }) };
    };
  }

  #outputOf(command: string): string {
    if (command.startsWith('stack ls')) return JSON.stringify(this.stacks.map((name) => ({ name })));
    if (command === 'version') return 'v3.200.0';
    if (command.startsWith('whoami')) return 'Backend URL: file:///state';
    if (!command.startsWith('stack output')) return '';
    return JSON.stringify({ functionName: 'lens', functionUrl: this.#url, apiUrl: this.#url });
  }

  #account(): AwsAccount {
    const imageUri = `123456789012.dkr.ecr.eu-west-1.amazonaws.com/service@${digest}`;
    const facts = { state: 'Active', lastUpdate: 'Successful', reason: undefined };
    return {
      region: 'eu-west-1',
      getIdentity: async () => 'arn:aws:iam::123456789012:user/owner',
      getCredentials: async () => ({ accessKeyId: 'key', secretAccessKey: 'hidden' }),
      getConcurrency: async () => ({ quota: 1_000, unreserved: 1_000 }),
      getReservedConcurrency: async () => this.lambda.reserved,
      getFunction: async () => ({ ...facts, architecture: 'arm64', memoryInMb: 1769, imageUri }),
      getFunctionUrl: async () => ({ url: this.#url, authorization: 'AWS_IAM' }),
      getPolicy: async () => JSON.stringify({ Statement: apiMayInvoke }),
      invoke: async () => {
        if (this.lambda.reserved === 0 && !this.ignoresOff) throw tooMany;
        return { isError: false, payload: this.payload };
      },
      getManifest: async () => JSON.stringify({ config: { digest } }),
      getBlob: async () => JSON.stringify({ os: 'linux', architecture: 'arm64' }),
    };
  }
}

const apiMayInvoke = [
  { Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'lambda:InvokeFunction' },
];
