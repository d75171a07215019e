import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPython } from '../find-tools.ts';

/** A rule that a resource does not keep. */
export interface Finding {
  readonly rule: string;
  readonly sentence: string;
  /** As the plan has it, such as aws_lambda_function.lambda-lens. */
  readonly resource: string;
}

interface Report {
  readonly summary: { readonly passed: number; readonly parsing_errors: number };
  readonly results: {
    readonly failed_checks: readonly {
      readonly check_id: string;
      readonly check_name: string;
      readonly resource: string;
    }[];
  };
}

const requirements = fileURLToPath(new URL('checkov.requirements.txt', import.meta.url));
const mebibyte = 1024 * 1024;

/** @returns its path: that of `CHECKOV`, or one that is installed to `folder` from PyPI */
export function findCheckov(folder: string): string {
  if (process.env.CHECKOV) return process.env.CHECKOV;
  const python = findPython();
  if (python === undefined) throw new Error('There is no Python 3 with venv to install checkov with.');
  run(python, ['-m', 'venv', folder]);
  run(join(folder, 'bin', 'pip'), ['install', '--quiet', '--requirement', requirements]);
  return join(folder, 'bin', 'checkov');
}

/** What checkov finds in a plan, by the rules that come with it and without asking its maker's servers. */
export function runCheckov(checkov: string, plan: string): { readonly passed: number; readonly failed: Finding[] } {
  const flags = ['--framework', 'terraform_plan', '--skip-download', '--compact', '--quiet', '--output', 'json'];
  const report: Report = JSON.parse(run(checkov, ['--file', plan, ...flags], [0, 1]));
  const { passed, parsing_errors: unread } = report.summary;
  if (unread > 0 || passed === 0) throw new Error(`checkov could not read ${plan}.`);
  // Those of the second kind follow references between resources, such as from a bucket to its lifecycle: what is recorded
  // has values in their place.
  const asked = report.results.failed_checks.filter(({ check_id: rule }) => !rule.startsWith('CKV2_'));
  const failed = asked.map(({ check_id: rule, check_name: sentence, resource }) => ({
    rule,
    sentence,
    resource,
  }));
  return { passed, failed };
}

function run(file: string, words: readonly string[], codes: readonly number[] = [0]): string {
  const { status, stdout, stderr, error } = spawnSync(file, words, { encoding: 'utf8', maxBuffer: 64 * mebibyte });
  if (error !== undefined) throw error;
  if (!codes.includes(status ?? -1)) throw new Error(`${file} ended with ${status}: ${stderr.slice(-1_000)}`);
  return stdout;
}
