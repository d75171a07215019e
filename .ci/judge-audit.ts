import { text } from 'node:stream/consumers';

/** What `npm audit --json` prints: a report, or what the registry answered instead of one. */
interface Audit {
  readonly metadata?: { readonly vulnerabilities: Readonly<Record<Severity | 'total', number>> };
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: Severity; readonly fixAvailable: unknown }>>;
  readonly message?: string;
}

type Severity = 'info' | 'low' | 'moderate' | 'high' | 'critical';

/**
 * Fails for packages that the image or the package carries (`isShipped`) and that are of high or critical severity. Tools
 * are only reported: what their advisories describe takes an attacker who can already change this repository. A registry
 * that answers no audit is said to do so, and fails nothing.
 */
export function judgeAudit(
  audit: Audit,
  isShipped: boolean,
): { readonly isPassed: boolean; readonly lines: readonly string[] } {
  if (audit.metadata === undefined) {
    return { isPassed: true, lines: [`not audited: ${audit.message ?? 'the registry answers no audit'}`] };
  }
  const found = Object.entries(audit.vulnerabilities ?? {});
  const grave = found.filter(([, { severity }]) => severity === 'high' || severity === 'critical');
  const lines = found.map(([name, { severity, fixAvailable }]) => {
    return `${severity}: ${name}${fixAvailable === false ? ', without a fix so far' : ''}`;
  });
  return {
    isPassed: !isShipped || grave.length === 0,
    lines: [`${found.length} of ${isShipped ? 'what is shipped' : 'all packages'} with an advisory`, ...lines],
  };
}

if (import.meta.main) {
  const { isPassed, lines } = judgeAudit(JSON.parse(await text(process.stdin)), process.argv.includes('--shipped'));
  console.log(lines.join('\n'));
  process.exitCode = isPassed ? 0 : 1;
}
