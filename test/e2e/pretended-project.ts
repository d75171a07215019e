import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { heldVersionVariable } from '../../facts/rollout-settings.ts';
import { stackSettings } from '../../facts/stack-settings.ts';
import { program } from '../cli/run-cli.ts';
import { functionName, region } from './simulated-account.ts';

/** A project whose stack is deployed, and a stand-in for Pulumi that knows the commands of the chapters and of a deploy alone. */
export function makeProject(folder: string, settings = ''): { readonly directory: string; readonly before: string } {
  const directory = mkdtempSync(join(folder, 'project-'));
  writeFileSync(join(directory, 'Pulumi.yaml'), 'name: lambda-lens\nruntime: nodejs\n');
  writeFileSync(join(directory, 'Pulumi.dev.yaml'), `config:\n  aws:region: ${region}\n${settings}`);
  const keys = Object.keys(stackSettings).join('|');
  const pulumi = [
    '#!/bin/sh',
    'case "$*" in',
    "  'stack --show-name') echo dev ;;",
    `  'stack output --json --stack dev') echo '{"functionName":"${functionName}"}' ;;`,
    "  'destroy --yes' | 'stack select '* | 'refresh --yes '*) ;;",
    `  'up '*) echo "up, holding $${heldVersionVariable}" ;;`,
    '  \'config set \'*) case "$3" in',
    `    ${keys}) ;;`,
    '    *) exit 1 ;;',
    '    esac ;;',
    '  *) echo "pulumi $*: unknown" >&2; exit 1 ;;',
    'esac',
  ];
  writeFileSync(join(directory, 'pulumi'), `${pulumi.join('\n')}\n`, { mode: 0o755 });
  return { directory, before: `PATH="$PWD:$PATH"\nnpx() { shift; '${process.execPath}' '${program}' "$@"; }` };
}
