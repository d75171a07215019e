import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** The environment of every docker command: the same builder everywhere, and an image rather than an index of one. */
export const buildKit = { ...process.env, DOCKER_BUILDKIT: '1', BUILDX_NO_DEFAULT_ATTESTATIONS: '1' };

/** A docker client that reaches an engine and can build with BuildKit (newer clients need a plug-in for it), or undefined. */
export function findDocker(): string | undefined {
  return ['docker', '/usr/bin/docker'].find((client) => {
    const probe = ['build', '--quiet', '--tag', 'lambda-lens-e2e-probe', '-'];
    const options = { input: 'FROM scratch\nLABEL probe=probe\n', env: buildKit, timeout: 30_000 };
    return spawnSync(client, probe, options).status === 0;
  });
}

/** A Python that can make virtual environments, which is how tests bring tools from PyPI along. */
export function findPython(): string | undefined {
  return ['python3', 'python'].find((python) => spawnSync(python, ['-c', 'import venv, ensurepip']).status === 0);
}

/** Chromium's binary: `CHROMIUM`, or where Linux distributions put it. */
export function findChromium(): string | undefined {
  const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  return [process.env.CHROMIUM ?? '', ...places].find((path) => path !== '' && existsSync(path));
}

/** AWS's runtime interface emulator: `AWS_LAMBDA_RIE`, on the path, or where `go install` puts it. */
export function findEmulator(): string | undefined {
  return findGoTool('aws-lambda-rie', process.env.AWS_LAMBDA_RIE);
}

/** A registry and a client of registries, of github.com/google/go-containerregistry: `CRANE`, or like the emulator. */
export function findCrane(): string | undefined {
  return findGoTool('crane', process.env.CRANE);
}

function findGoTool(name: string, given = ''): string | undefined {
  const onPath = (process.env.PATH ?? '').split(delimiter).map((directory) => join(directory, name));
  const places = [given, ...onPath, join(homedir(), 'go', 'bin', name)];
  return places.find((path) => path !== '' && existsSync(path));
}

/** What evaluates policies as IAM does, from the lockfile in that folder. */
export const isSimulatorInstalled = existsSync(join(import.meta.dirname, 'rights', 'node_modules'));

/** What validates state machines, from the lockfile in that folder. */
export const stateValidator = join(
  import.meta.dirname,
  'states',
  'node_modules',
  'asl-validator',
  'dist',
  'bin',
  'asl-validator.js',
);
export const isStateValidatorInstalled = existsSync(stateValidator);

/** What makes the documentation's site, from the lockfile in that folder. */
export const isDocsGeneratorInstalled = existsSync(
  join(import.meta.dirname, '..', '..', 'docs', 'site', 'node_modules'),
);
