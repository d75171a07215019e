import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { ECR } from '@aws-sdk/client-ecr';
import type { Lambda } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ecrCredentials } from '../../cli/image/ecr-credentials.ts';
import { runCli } from '../cli/run-cli.ts';
import { readChapterCommands, toExpression } from '../docs/chapter-commands.ts';
import { runCommands } from '../docs/run-commands.ts';
import { findPython } from './find-tools.ts';
import { makeProject } from './pretended-project.ts';
import { environmentOf, functionName, region, type SimulatedAccount, simulateAccount } from './simulated-account.ts';

const python = findPython();

describe.skipIf(python === undefined)(
  'off, on, rollback, status and logs, against an account that moto simulates',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'operate-'));
    let account: SimulatedAccount;
    let environment: Readonly<Record<string, string>>;
    let lambda: Lambda;
    let ecr: ECR;

    beforeAll(async () => {
      account = await simulateAccount(python ?? '', folder);
      ({ lambda, ecr } = account);
      environment = environmentOf(account.endpoint);
      await writeLog(account.logs);
    });

    afterAll(() => {
      account?.stop();
      rmSync(folder, { recursive: true });
    });

    const run = async (...words: string[]) => {
      const { output, errors, code } = await runCli(
        [...words, '--function-name', functionName, '--region', region],
        environment,
      );
      expect(code, errors).toBe(0);
      return output;
    };
    // GetFunction of moto leaves a 0 out.
    const reserved = async () =>
      (await lambda.getFunctionConcurrency({ FunctionName: functionName })).ReservedConcurrentExecutions;

    it('turns the function off and on again', async () => {
      await lambda.putFunctionConcurrency({ FunctionName: functionName, ReservedConcurrentExecutions: 7 });

      expect(await run('off')).toContain('limited to 7');
      expect(await reserved()).toBe(0);
      expect(await run('status')).toContain('OFF');

      await run('on', '--concurrency', '7');
      expect(await reserved()).toBe(7);
    });

    it('lists the versions, goes back to one, and keeps its image by a tag', async () => {
      expect(await run('rollback')).toMatch(/^version .*\n2 \(live\) .*model two.*\n1 .*model one/);

      expect(await run('rollback', '1')).toContain('Version 1 is live now');

      expect(await lambda.getAlias({ FunctionName: functionName, Name: 'live' })).toMatchObject({
        FunctionVersion: '1',
      });
      const { imageDetails } = await ecr.describeImages({
        repositoryName: functionName,
        imageIds: [{ imageTag: 'live' }],
      });
      expect(imageDetails?.[0]?.imageTags).toContain('v1');
      expect(await run('status')).toMatch(/live {4}version 1, model one/);
    });

    it.each(readChapterCommands().filter(({ needs }) => needs === 'aws'))('does and prints what $chapter says', async ({
      commands,
      output,
    }) => {
      const { directory, before } = makeProject(folder);

      const ran = await runCommands(commands, { directory, before, environment });

      expect(ran.code, ran.output).toBe(0);
      if (output !== undefined) expect(ran.output).toMatch(toExpression(output));
    });

    it('gets of Amazon ECR who pushes an image, and by which password', async () => {
      Object.assign(process.env, environment);
      const { username, password } = await ecrCredentials({ region, profile: undefined });
      for (const name of Object.keys(environment)) delete process.env[name];

      expect(username).toBe('AWS');
      expect(password).not.toBe('');
    });

    it('shows what the function wrote', async () => {
      expect(await run('logs')).toMatch(/info {3}request {2}path=\/predict {2}status=200/);
    });
  },
);

async function writeLog(logs: CloudWatchLogs): Promise<void> {
  const place = { logGroupName: `/aws/lambda/${functionName}`, logStreamName: 'one' };
  await logs.createLogGroup(place).catch(() => undefined);
  await logs.createLogStream(place);
  const message = '{"level":"info","message":"request","path":"/predict","status":200}';
  await logs.putLogEvents({ ...place, logEvents: [{ timestamp: Date.now(), message }] });
}
