import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { print } from '../../../cli/terminal/print.ts';
import { runStack } from '../../infra/run-stack.ts';
import { judgedStacks } from './judged-stacks.ts';
import { findCheckov, runCheckov } from './run-checkov.ts';
import { skippedRules } from './skipped-rules.ts';
import { toTerraformPlan } from './to-terraform-plan.ts';

// npm run trial:checkov: three stacks under checkov's rules; what it finds is mended, or has its reason in skipped-rules.ts.
const folder = mkdtempSync(join(tmpdir(), 'checkov-'));
try {
  const checkov = findCheckov(join(folder, 'venv'));
  const found = new Set<string>();
  for (const [name, args] of Object.entries(judgedStacks)) {
    const { resources } = await runStack({ ...args, stagingDirectory: join(folder, name) });
    const plan = join(folder, `${name}.json`);
    writeFileSync(plan, JSON.stringify(toTerraformPlan(resources)));
    const { passed, failed } = runCheckov(checkov, plan);
    const unexplained = failed.filter(({ rule }) => !(rule in skippedRules));
    print(`${name}: ${passed} checks passed, ${failed.length - unexplained.length} skipped with a reason.`);
    for (const { rule, resource, sentence } of unexplained) print(`  ${rule} ${resource}: ${sentence}`);
    if (unexplained.length > 0) process.exitCode = 1;
    for (const { rule } of failed) found.add(rule);
  }
  const idle = Object.keys(skippedRules).filter((rule) => !found.has(rule));
  if (idle.length > 0) {
    print(`No stack breaks ${idle.join(', ')} any more: take them out of skipped-rules.ts.`);
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}
