import { type ChildProcess, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTar } from '../../../cli/image/tar-archive.ts';
import { bundle } from '../../../function/bundling/bundle.ts';
import { runCli } from '../../cli/run-cli.ts';
import { drawnJpeg } from '../../helpers/drawn-jpeg.ts';
import { findCrane, findDocker } from '../find-tools.ts';
import { findFreePort, startServer } from '../started-server.ts';
import { makeBaseImage } from './base-image.ts';
import { docker, startDocker } from './docker.ts';
import { startHttp } from './http-container.ts';
import { isDockersOwn } from './image-files.ts';

const project = join(import.meta.dirname, '..', '..', '..');
const crane = findCrane();
const architecture = process.arch === 'arm64' ? 'arm64' : 'x86_64';
const builtImage = `lambda-lens-e2e-built:${process.pid}`;

describe.skipIf(findDocker() === undefined || crane === undefined)('image push', () => {
  let registry: ChildProcess | undefined;
  let address = '';
  let baseImage = '';
  let pushedImage = '';

  beforeAll(async () => {
    const port = await findFreePort();
    address = `127.0.0.1:${port}`;
    registry = await startServer(crane ?? '', ['registry', 'serve', '--address', address], `http://${address}/v2/`);
    [baseImage, pushedImage] = [`${address}/base:1`, `${address}/shop/lens:1`];
    await makeBaseImage(baseImage);
    await docker(['push', '--quiet', baseImage]);
    const context = join(project, 'dist');
    await bundle({ outDirectory: context });
    const bases = ['--build-arg', `NODE_IMAGE=${baseImage}`, '--build-arg', `BUILDER_IMAGE=${baseImage}`];
    const dockerfile = join(project, 'function', 'Dockerfile');
    await docker(['build', '--quiet', '--file', dockerfile, ...bases, '--tag', builtImage, context]);
  });

  afterAll(async () => {
    registry?.kill();
    await docker(['image', 'rm', '--force', builtImage, baseImage, pushedImage]);
  });

  const push = () => runCli(['image', 'push', pushedImage, '--base', baseImage, '--architecture', architecture]);

  it('puts into a registry the files that a build by Docker has', async () => {
    const { output, errors, code } = await push();

    expect({ errors, code }).toEqual({ errors: '', code: 0 });
    expect(output).toContain(`${address}/shop/lens@${askCrane('digest', pushedImage).trim()}`);

    const exported = execFileSync(crane ?? '', ['export', pushedImage, '-'], { maxBuffer: 1 << 30 });

    expect(filesIn(exported)).toEqual(filesIn(await exportByDocker(builtImage)));
  });

  it('makes one manifest for one platform, which says what the built image says', async () => {
    const manifest = JSON.parse(askCrane('manifest', pushedImage));
    const { config, architecture: own, os } = JSON.parse(askCrane('config', pushedImage));
    const [built] = JSON.parse(await docker(['inspect', builtImage]));

    expect(manifest).toMatchObject({ schemaVersion: 2, layers: [{ size: expect.any(Number) }, {}] });
    expect({ os, architecture: own }).toEqual({ os: built.Os, architecture: built.Architecture });
    for (const key of ['Entrypoint', 'Env', 'ExposedPorts', 'Labels', 'WorkingDir']) {
      expect(config[key], key).toEqual(built.Config[key]);
    }
  });

  it('sends no layer twice', async () => {
    const { output } = await push();

    expect(output.match(/^there already: /gm)).toHaveLength(2);
    expect(output).not.toMatch(/^pushed: /m);
  });

  it('runs', async () => {
    await docker(['pull', '--quiet', pushedImage]);
    const service = await startHttp(pushedImage, { WORKERS: '1' });
    const { status } = await fetch(`${service.url}/predict`, { method: 'POST', body: drawnJpeg(300, 400) });
    await service.remove();

    expect(status).toBe(200);
  });

  function askCrane(...words: readonly string[]): string {
    return execFileSync(crane ?? '', words, { encoding: 'utf8' });
  }
});

async function exportByDocker(image: string): Promise<Buffer> {
  const container = await docker(['create', image, 'none']);
  const archive = await buffer(startDocker(['export', container]).stdout);
  await docker(['rm', container]);
  return archive;
}

/** Of each file of an archive its path, mode and digest. */
function filesIn(archive: Uint8Array): string[] {
  return [...readTar(archive)]
    .flatMap((entry) => {
      if (entry.kind !== 'file' || isDockersOwn(entry.path)) return [];
      return [`${entry.path} ${entry.mode.toString(8)} ${createHash('sha256').update(entry.bytes).digest('hex')}`];
    })
    .sort();
}
