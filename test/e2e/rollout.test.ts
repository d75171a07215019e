import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { wireService } from '../../function/wire.ts';
import { runCli, spawnCli } from '../cli/run-cli.ts';
import { runCommands } from '../docs/run-commands.ts';
import { findPython } from './find-tools.ts';
import { type PretendedLambda, pretendLambda } from './pretended-lambda.ts';
import { makeProject } from './pretended-project.ts';
import { environmentOf, functionName, region, type SimulatedAccount, simulateAccount } from './simulated-account.ts';

const python = findPython();
const quiet = { startsCold: false, log: () => undefined };
/** A command waits a quarter of a minute before it first looks, and starts slowly on a busy machine. */
const patience = { timeout: 150_000 };
const healthy = { invocations: [30], errors: [0], duration: [120] };

describe.skipIf(python === undefined)('a rollout, of an alias that moto simulates', patience, () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-'));
  let account: SimulatedAccount;
  let lambda: PretendedLambda;
  let environment: Readonly<Record<string, string>>;

  beforeAll(async () => {
    account = await simulateAccount(python ?? '', folder);
    lambda = await pretendLambda(account.endpoint);
    environment = environmentOf(lambda.endpoint);
    await account.logs.createLogGroup({ logGroupName: `/aws/lambda/${functionName}` });
  });

  afterAll(() => {
    lambda?.close();
    account?.stop();
    rmSync(folder, { recursive: true });
  });

  beforeEach(async () => {
    const live = { FunctionName: functionName, Name: 'live', FunctionVersion: '1' };
    await account.lambda.updateAlias({ ...live, RoutingConfig: { AdditionalVersionWeights: {} } });
    lambda.versions.set('2', wireService({}, quiet).handler);
    lambda.metrics = healthy;
    lambda.onLook = () => undefined;
  });

  const words = ['rollout', '--percent', '20', '--minutes', '0', '--requests', '10'];
  const own = ['--function-name', functionName, '--region', region];
  const routing = async () => {
    const { FunctionVersion, RoutingConfig } = await account.lambda.getAlias({
      FunctionName: functionName,
      Name: 'live',
    });
    return [FunctionVersion, RoutingConfig?.AdditionalVersionWeights ?? {}];
  };

  it('gives a version that proves itself a share of the requests, then all', async () => {
    const seen: unknown[] = [];
    lambda.onLook = async () => seen.push(await routing());

    const { output, errors, code } = await runCli([...words, ...own], environment);

    expect(code, errors).toBe(0);
    expect(output).toMatch(/Version 2 answers its \d+ parity photos as it should\./);
    expect(output).toContain('Version 2 is live now, at the same addresses: 30 requests, none failed');
    expect(seen).toEqual([['1', { 2: 0.2 }]]);
    expect(await routing()).toEqual(['2', {}]);
  });

  it('releases no version whose model does not answer as it should', async () => {
    const broken = join(folder, 'model');
    cpSync('model/clothing', broken, { recursive: true });
    const parity = readFileSync(join(broken, 'parity.json'), 'utf8');
    writeFileSync(join(broken, 'parity.json'), parity.replace(/-0\.78417\d+/, '0.5'));
    lambda.versions.set('2', wireService({ MODEL_DIRECTORY: broken }, quiet).handler);

    const { errors, code } = await runCli([...words, ...own], environment);

    expect(code).toBe(1);
    expect(errors).toContain('Version 2 was not released: it answers /health by 500');
    expect(errors).toContain('Version 1 stays live.');
    expect(await routing()).toEqual(['1', {}]);
  });

  it('moves back a version that sets off an alarm', async () => {
    lambda.metrics = { ...healthy, errors: [3] };

    const { errors, code } = await runCli([...words, ...own], environment);

    expect(code).toBe(1);
    expect(errors).toContain('Version 2 was moved back: 3 of its 30 requests ended in an error.');
    expect(await routing()).toEqual(['1', {}]);
  });

  it('moves back a version whose lines say that it answers by 500', async () => {
    const place = { logGroupName: `/aws/lambda/${functionName}`, logStreamName: 'two' };
    await account.logs.createLogStream(place);
    const message = JSON.stringify({ level: 'error', message: 'request', functionVersion: '2', status: 500 });
    await account.logs.putLogEvents({
      ...place,
      // Within the time that is watched, however long the command takes to begin.
      logEvents: [1, 2].map((second) => ({ timestamp: Date.now() + 60_000 + second * 1_000, message })),
    });

    const { errors, code } = await runCli([...words, ...own], environment);
    await account.logs.deleteLogStream(place);

    expect(code).toBe(1);
    expect(errors).toContain('2 of its 30 requests were answered by a status of 500 or more');
    expect(await routing()).toEqual(['1', {}]);
  });

  it('moves back what Ctrl+C stops', async () => {
    const child = spawnCli([...words, '--minutes', '5', ...own], environment);
    const output = text(child.stdout);
    const errors = text(child.stderr);
    lambda.onLook = () => child.kill('SIGINT');

    const code = await new Promise((resolve) => child.once('close', resolve));

    expect(code).toBe(1);
    expect(await output).toContain('Stopped: putting back what was.');
    expect(await errors).toContain('it was stopped. Version 1 has every request again.');
    expect(await routing()).toEqual(['1', {}]);
  });

  it('ends one that was cut off', async () => {
    const live = { FunctionName: functionName, Name: 'live' };
    await account.lambda.updateAlias({ ...live, RoutingConfig: { AdditionalVersionWeights: { 2: 0.1 } } });

    const status = await runCli(['status', ...own], environment);
    const { output, code } = await runCli(['rollout', '--back', ...own], environment);

    expect(status.output).toContain('version 2 gets 10 % of the requests');
    expect(code).toBe(0);
    expect(output).toContain('Version 2 gets no request any more: version 1 has them all.');
    expect(await routing()).toEqual(['1', {}]);
  });

  it('is what a deploy does where the stack says canary, which leaves live what is', async () => {
    const { directory, before } = makeProject(
      folder,
      '  lambda-lens:rollout: canary\n  lambda-lens:canaryMinutes: 1\n',
    );

    const { output, code } = await runCommands('npx lambda-lens deploy --no-checks --yes', {
      directory,
      before,
      environment,
    });

    expect(code, output).toBe(0);
    expect(output).toContain('up, holding 1');
    expect(output).toContain('Version 2 gets 10 % of the requests for 1 minute.');
    expect(output).toContain('Version 2 is live now');
    expect(await routing()).toEqual(['2', {}]);
  });
});
