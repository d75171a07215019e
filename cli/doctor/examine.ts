import { ExplainedError } from '../../facts/explained-error.ts';
import { isSystemError } from '../../files/system-reason.ts';
import { hintOf, sentenceOf } from '../report-error.ts';
import { type Finding, failed, type Outcome } from './outcome.ts';

/** Collects what checks find, and tells of each as soon as it is known. */
export interface Examination {
  readonly findings: readonly Finding[];
  /** Runs a check; what it throws is a failure of its own, told with the way out that fits. */
  check(phase: Finding['phase'], name: string, run: () => Outcome | Promise<Outcome>): Promise<Outcome>;
}

export function startExamination(onStart: (name: string) => void, onFinding: (finding: Finding) => void): Examination {
  const findings: Finding[] = [];
  return {
    findings,
    async check(phase, name, run) {
      onStart(name);
      const outcome = await attempt(run);
      const finding = { ...outcome, name, phase };
      findings.push(finding);
      onFinding(finding);
      return outcome;
    },
  };
}

async function attempt(run: () => Outcome | Promise<Outcome>): Promise<Outcome> {
  try {
    return await run();
  } catch (error) {
    return explain(error instanceof Error ? error : new Error(String(error)));
  }
}

function explain(error: Error): Outcome {
  const message = error.message.split('\n').filter(Boolean).join(' ');
  if (/^(AccessDenied|UnrecognizedClient|UnauthorizedOperation)/.test(error.name)) {
    return failed(`${error.name}: ${message}`, 'Give these credentials the right to it, or use others by AWS_PROFILE.');
  }
  if (error.name === 'CredentialsProviderError') {
    return failed(message, 'Run "aws configure" or "aws sso login", or set AWS_PROFILE.');
  }
  if (error.name === 'ResourceNotFoundException') {
    return failed(message, 'Check the region and the name, and that "npm run deploy" went through.');
  }
  // How the SDK puts an answer that AWS has not given.
  if (error instanceof SyntaxError && '$response' in error) {
    return failed(
      'Something that is not AWS answers in its place.',
      'Check AWS_ENDPOINT_URL and the proxy in between.',
    );
  }
  if (error instanceof ExplainedError) return failed(message, error.hint);
  if (isSystemError(error)) return failed(sentenceOf(error), hintOf(error) ?? '');
  return failed(`${error.name}: ${message}`, 'Correct what it names and run this again.');
}
