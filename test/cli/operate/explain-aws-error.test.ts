import { expect, it } from 'vitest';
import { CliError } from '../../../cli/cli-error.ts';
import { explainAwsError } from '../../../cli/operate/explain-aws-error.ts';

const errorOf = (name: string, message: string) => Object.assign(new Error(message), { name });

it.each([
  ['CredentialsProviderError', 'Could not load credentials', 'AWS takes no credentials from here', 'aws sso login'],
  ['AccessDeniedException', 'User is not authorized.', 'AWS answers: User is not authorized.', 'AWS_PROFILE'],
  ['ResourceNotFoundException', 'Function not found', 'AWS answers: Function not found.', '--region'],
])('says of %s what to do', (name, message, sentence, hint) => {
  const explained = explainAwsError(errorOf(name, message));

  expect(explained).toMatchObject({ message: expect.stringContaining(sentence), hint: expect.stringContaining(hint) });
});

it.each([
  new CliError('No.', 'Yes.'),
  errorOf('TypeError', 'x is not a function'),
  'thrown',
])('leaves %s as it is', (thrown) => {
  expect(explainAwsError(thrown)).toBe(thrown);
});
