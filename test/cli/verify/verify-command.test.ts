import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { registerVerify } from '../../../cli/verify/verify-command.ts';
import { openDoor, World } from './stand-ins.ts';

const folder = mkdtempSync(join(tmpdir(), 'verify-command-'));
const report = join(folder, 'report.md');
let door: Awaited<ReturnType<typeof openDoor>>;
let world: World;
let regions: string[];
let said: string;

beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => {
  door.close();
  rmSync(folder, { recursive: true });
});

beforeEach(() => {
  world = new World(door.url);
  regions = [];
  said = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += text;
    return true;
  });
  vi.stubEnv('AWS_REGION', '');
  vi.stubEnv('AWS_DEFAULT_REGION', '');
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = undefined;
  rmSync(report, { force: true });
});

async function run(...words: string[]): Promise<void> {
  const program = new Command();
  registerVerify(program, (region) => {
    regions.push(region);
    return world.parts();
  });
  await program.parseAsync(['verify-aws', '--report', report, ...words], { from: 'user' });
}

describe('verify:aws', () => {
  it.each([
    ['its option, before all', ['--region', 'eu-north-1'], { AWS_REGION: 'eu-west-1' }, 'eu-north-1'],
    ['AWS_REGION', [], { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'us-east-1' }, 'eu-west-1'],
    ['AWS_DEFAULT_REGION', [], { AWS_DEFAULT_REGION: 'us-east-1' }, 'us-east-1'],
  ])('takes the region from %s', async (_, words, variables, region) => {
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    world.stacks = ['verify-aws'];

    await expect(run('--dry-run', ...words)).rejects.toThrow('There is a stack verify-aws already');

    expect(regions).toEqual([region]);
  });

  it('goes nowhere without a region, nor without anybody to ask', async () => {
    await expect(run()).rejects.toThrow('No AWS region is set');
    await expect(run('--region', 'eu-west-1')).rejects.toThrow('nobody to ask');

    expect(said).toMatch(/deploys the stack verify-aws in eu-west-1 .* less than \$0\.0\d/);
    expect(world.commands.filter((command) => !command.startsWith('stack ls'))).toEqual([]);
    expect(existsSync(report)).toBe(false);
  });

  it('changes nothing on AWS in a dry run, and reports that it went well', async () => {
    const listening = process.listenerCount('SIGINT');

    await run('--region', 'eu-west-1', '--dry-run');

    expect(world.commands.filter((command) => /^(up|destroy)/.test(command))).toEqual([]);
    expect(world.commands).toContain('preview');
    expect(world.commands.at(-1)).toBe('stack rm --yes');
    expect(world.lambda.calls).toEqual([]);

    expect(said).toContain('A dry run: nothing on AWS is changed.');
    expect(said).toMatch(/ok {8}preview of the deployment {2}\d+\.\d s/);
    expect(readFileSync(report, 'utf8')).toContain('# Dry run of a verification on AWS: passed');
    expect(process.exitCode).toBeUndefined();
    expect(process.listenerCount('SIGINT')).toBe(listening);
  });

  it('asks nobody with --yes, and ends with 1 where a step failed, of which it tells without the secret', async () => {
    world.failing = 'stack init';

    await run('--region', 'eu-west-1', '--yes');

    expect(said).toMatch(/failed {4}stack {2}\d+\.\d s\n.*the bucket is on fire/);
    expect(said).not.toContain(world.parts().secret);
    expect(readFileSync(report, 'utf8')).toMatch(/^# Verification on AWS: \d failed/);
    expect(process.exitCode).toBe(1);
  });
});
