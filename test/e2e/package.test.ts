import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { credentials } from '@grpc/grpc-js';
import { ResourceProviderClient } from '@pulumi/pulumi/proto/provider_grpc_pb.js';
import { GetSchemaRequest } from '@pulumi/pulumi/proto/provider_pb.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stackSettings } from '../../facts/stack-settings.ts';
import packageJson from '../../package.json' with { type: 'json' };

const project = join(import.meta.dirname, '..', '..');
const minutes = 60_000;
const pnpmVersion = '12.21.0';

/** npm's own variables point at this project, and so would send what it installs here. */
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));

let scratch: string;
let packed: string;
let owner: string;

function run(directory: string, program: string, ...words: string[]): string {
  return execFileSync(program, words, {
    cwd: directory,
    env: environment,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

const lensOf = (directory: string, ...words: string[]) =>
  run(directory, process.execPath, join('node_modules', 'lambda-lens', 'bin', 'lambda-lens.mjs'), ...words);

function sizeOf(path: string): number {
  const entries = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

/** As Pulumi's engine asks a plugin. */
function askSchema(address: string): Promise<string> {
  const client = new ResourceProviderClient(address, credentials.createInsecure());
  return new Promise<string>((resolve, reject) => {
    client.getSchema(new GetSchemaRequest(), (error, response) =>
      error === null ? resolve(response.getSchema()) : reject(error),
    );
  }).finally(() => client.close());
}

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'lambda-lens-package-'));
  const staged = join(scratch, 'package');
  run(project, process.execPath, 'packaging/build-package.ts', '--out', staged);
  packed = join(scratch, run(staged, 'npm', 'pack', '--silent', '--pack-destination', scratch).trim());
  owner = join(scratch, 'owner');
  mkdirSync(owner);
  writeFileSync(join(owner, 'package.json'), '{"name":"owner","private":true,"type":"module"}');
  run(owner, 'npm', 'install', '--no-audit', '--no-fund', packed);
}, 5 * minutes);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('the packed file', () => {
  it('is at most 15 MB, and at most 60 MB installed', () => {
    expect(statSync(packed).size).toBeLessThanOrEqual(15_000_000);
    expect(sizeOf(join(owner, 'node_modules'))).toBeLessThanOrEqual(60_000_000);
  });

  it('brings no other package along', () => {
    const installed = readdirSync(join(owner, 'node_modules')).filter((name) => !name.startsWith('.'));

    expect(installed).toEqual(['lambda-lens']);
  });

  it('classifies, says its version, and knows each command', () => {
    const photo = join(project, 'examples', 'hat.jpg');

    expect(lensOf(owner, 'classify', photo)).toContain('hat');
    expect(lensOf(owner, '--version').trim()).toBe(packageJson.version);
    expect(lensOf(owner, '--help')).toContain('init');
  });

  it(
    'imports a model and serves it',
    async () => {
      cpSync(join(project, 'test', 'fixtures', 'import', 'head.keras'), join(owner, 'head.keras'));
      const { outputs } = JSON.parse(lensOf(owner, 'check', 'head.keras', '--no-timing', '--json'));
      const names = Array.from({ length: outputs }, (_, index) => `label ${index}`);
      writeFileSync(join(owner, 'labels.txt'), names.join('\n'));
      lensOf(owner, 'import', 'head.keras', '--labels', 'labels.txt', '--out', 'model', '--preprocess', 'none');

      const launcher = join('node_modules', 'lambda-lens', 'bin', 'lambda-lens.mjs');
      const service = spawn(process.execPath, [launcher, 'serve', '--model', 'model', '--port', '0'], {
        cwd: owner,
        env: environment,
      });
      try {
        const [line] = await once(createInterface(service.stdout), 'line');
        const address = /http:\/\/\S+/.exec(String(line))?.[0];
        const body = readFileSync(join(project, 'examples', 'hat.jpg'));
        const answer = await fetch(`${address}/predict`, { method: 'POST', body });
        const page = await fetch(`${address}/`);

        expect(answer.status).toBe(200);
        expect(names).toContain(((await answer.json()) as { label: string }).label);
        expect(page.headers.get('content-type')).toContain('text/html');
      } finally {
        service.kill();
      }
    },
    2 * minutes,
  );

  it('reviews what it classified', async () => {
    const launcher = join('node_modules', 'lambda-lens', 'bin', 'lambda-lens.mjs');
    lensOf(owner, 'classify', join(project, 'examples', 'hat.jpg'), '--out', 'results.jsonl');
    const words = [launcher, 'review', 'results.jsonl', '--into', 'photos'];
    const review = spawn(process.execPath, words, { cwd: owner, env: environment });
    try {
      const [line] = await once(createInterface(review.stdout), 'line');
      const address = /http:\/\/\S+/.exec(String(line))?.[0];
      const [page, photo] = await Promise.all(['', 'photos/0'].map((path) => fetch(`${address}${path}`)));

      expect(await page?.text()).toContain('<title>lambda-lens review</title>');
      expect(photo?.headers.get('content-type')).toBe('image/jpeg');
    } finally {
      review.kill();
    }
  });

  it(
    'is a library with types, and says what a stack needs',
    () => {
      run(
        owner,
        'npm',
        'install',
        '--no-audit',
        '--no-fund',
        `typescript@${packageJson.devDependencies.typescript}`,
        `@types/node@${packageJson.devDependencies['@types/node']}`,
      );
      writeFileSync(
        join(owner, 'use.ts'),
        `import { readFileSync } from 'node:fs';
       import { type Answer, load, ServiceError } from 'lambda-lens';
       const classifier = await load();
       const answer: Answer = await classifier.classify(readFileSync(process.argv[2] ?? ''), { top: 1 });
       const code: string = await classifier.classify(new Uint8Array(3)).then(() => '', (error: unknown) => error instanceof ServiceError ? error.code : '');
       console.log(answer.label, answer.predictions.length, code);`,
      );

      run(
        owner,
        process.execPath,
        'node_modules/typescript/bin/tsc',
        '--noEmit',
        '--strict',
        '--module',
        'nodenext',
        '--target',
        'es2024',
        '--types',
        'node',
        'use.ts',
      );
      const printed = run(owner, process.execPath, 'use.ts', join(project, 'examples', 'shoes.jpg'));
      const withoutPeers = () =>
        run(owner, process.execPath, '--input-type=module', '--eval', "await import('lambda-lens/pulumi')");

      expect(printed.trim()).toBe('shoes 1 unsupported_format');
      expect(withoutPeers).toThrow('npm install @pulumi/pulumi');
    },
    3 * minutes,
  );
});

it(
  'makes a project that is installed, tested and started by three commands',
  async () => {
    const directory = join(owner, 'my-clothes');
    lensOf(owner, 'init', 'my-clothes');

    run(directory, 'npm', 'install', '--no-audit', '--no-fund');
    const tested = run(directory, 'npm', 'test');
    const service = spawn('npm', ['start', '--', '--port', '0'], { cwd: directory, env: environment, detached: true });
    try {
      const lines = createInterface(service.stdout);
      let address: string | undefined;
      for await (const line of lines) {
        address = /http:\/\/\S+/.exec(line)?.[0];
        if (address !== undefined) break;
      }
      const body = readFileSync(join(directory, 'photos', 'sample.jpg'));
      const answer = await fetch(`${address}/predict`, { method: 'POST', body });

      expect(tested).toContain('10');
      expect(await answer.json()).toMatchObject({ label: 't-shirt', verdict: 'confident' });
    } finally {
      process.kill(-(service.pid as number));
    }
  },
  10 * minutes,
);

it(
  'makes such a project where pnpm has installed it, too',
  async () => {
    const other = join(scratch, 'pnpm');
    const pnpm = (directory: string, ...words: string[]) =>
      run(directory, 'npx', '--yes', `pnpm@${pnpmVersion}`, ...words);
    mkdirSync(other);
    writeFileSync(join(other, 'package.json'), '{"name":"other","private":true,"type":"module"}');
    pnpm(other, 'add', packed);

    const classified = pnpm(other, 'exec', 'lambda-lens', 'classify', join(project, 'examples', 'hat.jpg'));
    pnpm(other, 'exec', 'lambda-lens', 'init', 'my-clothes');
    const directory = join(other, 'my-clothes');
    pnpm(directory, 'install');
    const tested = pnpm(directory, 'test');
    const launcher = join('node_modules', 'lambda-lens', 'bin', 'lambda-lens.mjs');
    const words = [launcher, 'serve', '--model', 'model', '--port', '0', '--workers', '2'];
    const service = spawn(process.execPath, words, { cwd: directory, env: environment });
    try {
      const [line] = await once(createInterface(service.stdout), 'line');
      const body = readFileSync(join(directory, 'photos', 'sample.jpg'));
      const answer = await fetch(`${/http:\/\/\S+/.exec(line)?.[0]}/predict`, { method: 'POST', body });

      expect(classified).toContain('hat');
      expect(tested).toContain('1 of 1 right');
      expect(await answer.json()).toMatchObject({ label: 't-shirt', verdict: 'confident' });
    } finally {
      service.kill();
    }
  },
  10 * minutes,
);

it(
  'has the component for other languages, which starts and tells Pulumi its schema',
  async () => {
    const component = join(scratch, 'lambda-lens');
    cpSync(join(owner, 'node_modules', 'lambda-lens', 'component'), component, { recursive: true });
    run(component, 'npm', 'install', '--no-audit', '--no-fund', packed);

    const runner = join(component, 'node_modules', '@pulumi', 'pulumi', 'cmd', 'run-plugin');
    // Nobody listens there: the schema is told without an engine.
    const plugin = spawn(process.execPath, [runner, component, '127.0.0.1:9'], { cwd: scratch, env: environment });
    try {
      const [port] = await once(createInterface(plugin.stdout), 'line');
      const schema = await askSchema(`127.0.0.1:${port}`);

      const { resources } = JSON.parse(schema);
      const { inputProperties } = resources['lambda-lens:index:LambdaLens'];
      expect(Object.keys(inputProperties).sort()).toEqual(Object.keys(stackSettings).sort());
    } finally {
      plugin.kill();
    }
  },
  5 * minutes,
);
