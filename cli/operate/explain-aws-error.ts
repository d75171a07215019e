import { ExplainedError } from '../../facts/explained-error.ts';
import { CliError } from '../cli-error.ts';

const credentials = 'Run "aws configure" or "aws sso login", or set AWS_PROFILE; "lambda-lens doctor" looks it over.';
const right = 'Give these credentials the right to it, or use others by AWS_PROFILE.';
const name = 'Check name and region: --function-name and --region, or the stack by --stack.';
const pause = 'Try again in a minute.';

/** What to do about an error of the AWS SDK, by its name. */
const hintByName: ReadonlyMap<string, string> = new Map([
  ['CredentialsProviderError', credentials],
  ['TokenProviderError', credentials],
  ['ExpiredToken', credentials],
  ['ExpiredTokenException', credentials],
  ['InvalidClientTokenId', credentials],
  ['InvalidSignatureException', credentials],
  ['SignatureDoesNotMatch', credentials],
  ['UnrecognizedClientException', credentials],
  ['AccessDenied', right],
  ['AccessDeniedException', right],
  ['ResourceNotFoundException', name],
  ['RepositoryNotFoundException', name],
  ['ThrottlingException', pause],
  ['TooManyRequestsException', pause],
]);

/** An error of the AWS SDK as one for a person, where its name says what to do; any other as it is. */
export function explainAwsError(thrown: unknown): unknown {
  if (!(thrown instanceof Error) || thrown instanceof ExplainedError) return thrown;
  const hint = hintByName.get(thrown.name);
  if (hint === undefined) return thrown;
  const told = thrown.message.trim().replace(/\.$/, '');
  const sentence = hint === credentials ? `AWS takes no credentials from here: ${told}.` : `AWS answers: ${told}.`;
  return new CliError(sentence, hint, { cause: thrown });
}
