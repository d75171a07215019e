import { failed, type Outcome, ok, skipped } from './outcome.ts';
import type { RunProgram } from './run-program.ts';

const oldestNodeMajor = 24;
const imageUriInstead = "or deploy an image that was built elsewhere: pulumi config set imageUri <the image's URI>";

/** The Node.js that runs this, which `npm run deploy` gives the stack's program too. */
export function checkNode(version: string): Outcome {
  if (Number(version.split('.')[0]?.replace('v', '')) >= oldestNodeMajor) return ok(version);
  return failed(
    `${version} is too old for the stack's program.`,
    `Use the project's own Node.js ${oldestNodeMajor}: run "npm ci", then everything through npm.`,
  );
}

/** A client alone builds nothing: the engine must answer. */
export async function checkDocker(run: RunProgram, imageUri: string | undefined): Promise<Outcome> {
  if (imageUri !== undefined) return skipped('imageUri is set, so no image is built here');
  const result = await run('docker', ['version', '--format', '{{.Client.Version}} {{.Server.Version}}']);
  if (result === undefined) {
    return failed(
      'There is no docker on the path.',
      `Install Docker (https://docs.docker.com/get-docker/), ${imageUriInstead}.`,
    );
  }
  const [client = '', engine = ''] = result.output.trim().split(' ');
  if (result.code === 0 && engine !== '') return ok(`client ${client}, engine ${engine}`);
  const reason = result.errors.trim().split('\n').at(-1) ?? '';
  return failed(
    `The docker client is here, but no engine answers: ${reason}`,
    `Start Docker Desktop, or the engine by "sudo systemctl start docker"; ${imageUriInstead}.`,
  );
}

export async function checkPulumi(run: RunProgram): Promise<Outcome> {
  const result = await run('pulumi', ['version']);
  if (result === undefined) {
    return failed('There is no pulumi on the path.', 'Install the Pulumi CLI: https://www.pulumi.com/docs/install/.');
  }
  const version = result.output.trim();
  if (result.code === 0 && version.startsWith('v3.')) return ok(version);
  return failed(
    `"pulumi version" says ${version || result.errors.trim() || 'nothing'}, and the stack needs version 3.`,
    'Install the current Pulumi CLI: https://www.pulumi.com/docs/install/.',
  );
}

/** Pulumi keeps what it knows of a stack in a place that a person chooses once. */
export async function checkState(run: RunProgram): Promise<Outcome> {
  const result = await run('pulumi', ['whoami', '--verbose', '--non-interactive']);
  if (result === undefined) return skipped('it takes the Pulumi CLI');
  if (result.code === 0) return ok(/Backend URL: (\S+)/.exec(result.output)?.[1] ?? result.output.trim());
  return failed(
    'Pulumi has no place yet to keep what it deploys.',
    'Run "pulumi login --local" to keep it on this machine, or "pulumi login" to keep it in Pulumi Cloud.',
  );
}
