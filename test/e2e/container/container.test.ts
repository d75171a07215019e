import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../../../function/bundling/bundle.ts';
import { readChapterCommands, toExpression } from '../../docs/chapter-commands.ts';
import { runCommands } from '../../docs/run-commands.ts';
import { drawnJpeg } from '../../helpers/drawn-jpeg.ts';
import { loadBalancerEvent, payload1Event, payload2Event, type RequestParts } from '../../helpers/events.ts';
import { foreignNodeImage, symbolsSizeInBytes } from '../../helpers/foreign-node-image.ts';
import { findDocker, findEmulator } from '../find-tools.ts';
import { makeBaseImage, makeForeignImage } from './base-image.ts';
import { docker } from './docker.ts';
import { type HttpContainer, startHttp } from './http-container.ts';
import { compressedSize, filesIn, isDockersOwn, sizesIn } from './image-files.ts';
import { addEmulator, type ServiceContainer, startService } from './service-container.ts';
import { callAsAws } from './start-as-aws.ts';

const project = join(import.meta.dirname, '..', '..', '..');
const dockerfile = join(project, 'function', 'Dockerfile');
const context = join(project, 'dist');
const maximumCompressedSizeInBytes = 52_000_000;

const tag = (name: string) => `lambda-lens-e2e-${name}:${process.pid}`;
const [baseImage, image, emulatedImage, awsImage, foreignBase, foreignImage] = [
  'base',
  'service',
  'emulated',
  'aws',
  'foreign-base',
  'foreign',
].map(tag) as [string, string, string, string, string, string];
const emulator = findEmulator();
const upload = {
  method: 'POST',
  path: '/predict',
  headers: { 'content-type': 'image/jpeg' },
  body: drawnJpeg(300, 400),
};

describe.skipIf(findDocker() === undefined)('the container', () => {
  beforeAll(async () => {
    await makeBaseImage(baseImage);
    await bundle({ outDirectory: context });
    await buildImage(image);
  });

  afterAll(async () => {
    await docker(['image', 'rm', '--force', image, awsImage, foreignImage, foreignBase, baseImage, 'lambda-lens']);
  });

  it.each(
    readChapterCommands().filter(({ needs }) => needs === 'docker'),
  )('is built and looked at by the commands of $chapter', async ({ commands, output }) => {
    const before = `docker() {
        [ "$1" = build ] || { command ${findDocker()} "$@"; return; }
        shift
        command ${findDocker()} build --quiet --build-arg NODE_IMAGE=${baseImage} --build-arg BUILDER_IMAGE=${baseImage} "$@"
      }`;

    const ran = await runCommands(commands, { before, environment: { DOCKER_BUILDKIT: '1' } });

    expect(ran.code, ran.output).toBe(0);
    if (output !== undefined) expect(ran.output).toMatch(toExpression(output));
  });

  describe.skipIf(emulator === undefined)("under AWS's runtime interface emulator", () => {
    let service: ServiceContainer | undefined;

    beforeAll(async () => {
      await addEmulator(image, emulator ?? '', emulatedImage);
      service = await startService(emulatedImage, baseImage);
    });

    afterAll(async () => {
      await service?.remove();
      await docker(['image', 'rm', '--force', emulatedImage]);
    });

    it('answers for its health and repeats the parity photos within their tolerance', async () => {
      const { statusCode, body } = await request({ path: '/health', query: 'deep=1' });

      expect(body).toMatchObject({ status: 'ok' });
      expect(statusCode).toBe(200);
    });

    it('shows its page', async () => {
      const { statusCode, headers, body } = await answer({ headers: { accept: 'text/html' } });

      expect({ statusCode, type: headers['content-type'] }).toEqual({
        statusCode: 200,
        type: expect.stringContaining('text/html'),
      });
      expect(body).toContain('<html');
    });

    it.each([
      { what: 'a small photo', width: 400, height: 534 },
      { what: 'a photo as large as 512 MB take', width: 1_000, height: 1_000 },
    ])('predicts $what', async ({ width, height }) => {
      const prediction = await request({ ...upload, body: drawnJpeg(width, height) });

      expect(prediction.statusCode).toBe(200);
      expect(prediction.body).toMatchObject({ label: expect.any(String), photo: { format: 'jpeg', width, height } });
    });

    it('answers the bare event of a direct invocation with every label', async () => {
      const { kind, body } = await running().invoke({ image: drawnJpeg(300, 300).toString('base64') });

      expect(kind).toBe('response');
      expect(Object.keys(JSON.parse(body))).toContain('t-shirt');
    });

    it('says without network that a photo could not be fetched, and goes on', async () => {
      const { kind, body } = await running().invoke({ url: 'http://photos.example/dress.jpg' });

      expect({ kind, ...JSON.parse(body) }).toMatchObject({ kind: 'error', errorType: 'fetch_failed' });
      expect(await request({ path: '/health' })).toMatchObject({ statusCode: 200 });
    });

    it('stays in its memory over many photos', async () => {
      const large = { ...upload, body: drawnJpeg(900, 1_100) };

      for (let count = 0; count < 40; count += 1) {
        expect(await request(large)).toMatchObject({ statusCode: 200 });
      }

      expect((await running().inspect()).State.OOMKilled).toBe(false);
    });

    it.each([
      ['a function URL or an HTTP API (payload 2.0)', payload2Event(upload)],
      ['a REST API (payload 1.0)', payload1Event(upload)],
      ['a load balancer', loadBalancerEvent(upload)],
    ])('answers a photo by %s', async (_door, event) => {
      const { kind, body } = await running().invoke(event);

      const answer = JSON.parse(body);

      expect({ kind, statusCode: answer.statusCode }).toEqual({ kind: 'response', statusCode: 200 });
      expect(JSON.parse(answer.body)).toMatchObject({ label: expect.any(String) });
    });

    it('ends cleanly, and soon, when it is told to', async () => {
      const { exitCode, seconds } = await running().stop();

      expect(exitCode).toBe(0);
      expect(seconds).toBeLessThan(5);
      expect(await running().log()).toContain('"path":"/predict"');
    });

    function running(): ServiceContainer {
      if (service === undefined) throw new Error('The container has not started.');
      return service;
    }

    async function request(parts: RequestParts) {
      const { statusCode, body } = await answer(parts);
      return { statusCode, body: JSON.parse(body) as unknown };
    }

    /** What a function URL would make of the answer. */
    async function answer(parts: RequestParts) {
      const { kind, body } = await running().invoke(payload2Event(parts));
      expect(kind).toBe('response');
      return JSON.parse(body) as { statusCode: number; headers: Record<string, string>; body: string };
    }
  });

  describe('where no Lambda runtime is around', () => {
    const secret = 'a-secret-of-the-test';
    let service: HttpContainer | undefined;

    beforeAll(async () => {
      service = await startHttp(image, { WORKERS: '2', API_SECRET: secret });
    });

    afterAll(() => service?.remove());

    it('answers photos on 8080 to those who know the secret', async () => {
      const predict = (headers: Readonly<Record<string, string>>) =>
        fetch(`${service?.url}/predict`, { method: 'POST', headers, body: drawnJpeg(300, 400) });

      const [without, withSecret] = [await predict({}), await predict({ 'x-api-key': secret })];

      expect([without.status, withSecret.status]).toEqual([401, 200]);
      expect(await withSecret.json()).toMatchObject({ label: expect.any(String), photo: { width: 300, height: 400 } });
    });

    it('tells that it lives and that it is ready, shows its page and takes no raw events', async () => {
      const statusOf = async (path: string, method = 'GET') => (await fetch(service?.url + path, { method })).status;

      expect(await statusOf('/health/live')).toBe(204);
      expect(await statusOf('/health')).toBe(200);
      expect(await statusOf('/')).toBe(200);
      expect(await statusOf('/2015-03-31/functions/function/invocations', 'POST')).toBe(404);
    });

    it('ends cleanly, and soon, when it is told to', async () => {
      const { exitCode, seconds } = (await service?.stop()) ?? {};

      expect(exitCode).toBe(0);
      expect(seconds).toBeLessThan(5);
      expect(await service?.log()).toContain('"workers":2');
    });
  });

  it('holds Node.js, seven libraries and the bundle, and nothing else', async () => {
    const files = (await filesIn(image)).filter((path) => !path.endsWith('/') && !isDockersOwn(path));

    expect(
      files.filter(
        (path) => !path.startsWith('function/') && !/^lib(64)?\/(lib[\w+]+|ld-linux-[\w-]+)\.so\.\d$/.test(path),
      ),
    ).toEqual(['usr/local/bin/node']);
    expect(files.filter((path) => path.startsWith('lib'))).toHaveLength(7);
    expect(files.filter((path) => /\.node$|python|(^|\/)(ba|da|a)?sh$|busybox/i.test(path))).toEqual([]);
    expect(files).toContain('function/index.mjs');
  });

  it('stays within its compressed size', async () => {
    const size = await compressedSize(image);
    console.log(`the compressed image: ${(size / 1e6).toFixed(1)} MB (at most ${maximumCompressedSizeInBytes / 1e6})`);

    expect(size).toBeLessThan(maximumCompressedSizeInBytes);
  });

  it('builds for the other architecture without running anything of it', async () => {
    const { platform, files, loader } = foreignNodeImage();
    await makeForeignImage(foreignBase, platform, files);
    await buildImage(foreignImage, ['--platform', platform, '--build-arg', `NODE_IMAGE=${foreignBase}`]);

    const { Architecture, Os } = JSON.parse(await docker(['inspect', foreignImage]))[0];

    expect(`${Os}/${Architecture}`).toBe(platform);

    const sizes = await sizesIn(foreignImage);

    expect(sizes.get('usr/local/bin/node')).toBe((files['usr/local/bin/node']?.length ?? 0) - symbolsSizeInBytes);
    expect([...sizes.keys()]).toContain(loader);
  });

  it('puts the same bundle on the Lambda base image, where its own runtime calls the handler, or Node.js serves', async () => {
    await buildImage(awsImage, ['--target', 'aws', '--build-arg', `LAMBDA_IMAGE=${baseImage}`]);

    const { Config } = JSON.parse(await docker(['inspect', awsImage]))[0];

    expect(Config.Cmd).toEqual(['index.handler']);

    const answered = await callAsAws(awsImage, { image: drawnJpeg(300, 300).toString('base64') });

    expect(Object.keys(answered.answer ?? {})).toContain('t-shirt');
    expect(await callAsAws(awsImage, {})).toMatchObject({ errorType: 'bad_request' });

    const entry = { program: '/usr/local/bin/node', args: ['/var/task/index.mjs'] };
    const server = await startHttp(awsImage, { WORKERS: '1' }, entry);
    const { status } = await fetch(`${server.url}/predict`, { method: 'POST', body: drawnJpeg(300, 400) });
    await server.remove();

    expect(status).toBe(200);
  });
});

async function buildImage(tag: string, options: readonly string[] = []): Promise<void> {
  const bases = ['--build-arg', `NODE_IMAGE=${baseImage}`, '--build-arg', `BUILDER_IMAGE=${baseImage}`];
  await docker(['build', '--quiet', '--file', dockerfile, ...bases, ...options, '--tag', tag, context]);
}
