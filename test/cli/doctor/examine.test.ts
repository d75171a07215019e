import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CliError } from '../../../cli/cli-error.ts';
import { describeFinding } from '../../../cli/doctor/describe-finding.ts';
import { startExamination } from '../../../cli/doctor/examine.ts';
import { failed, ok } from '../../../cli/doctor/outcome.ts';
import { toPlainText } from '../../../cli/terminal/styled-text.ts';

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

/** What the system throws. */
function openNothing(): unknown {
  try {
    return readFileSync('/nowhere/card.json');
  } catch (error) {
    return error;
  }
}

const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:9'), {
  ...{ code: 'ECONNREFUSED', syscall: 'connect', address: '127.0.0.1', port: 9 },
});

it('says in words what the system says in codes', async () => {
  const examination = startExamination(
    () => undefined,
    () => undefined,
  );

  for (const error of [openNothing(), refused]) await examination.check('after', 'x', () => Promise.reject(error));

  expect(examination.findings.map(({ detail }) => detail)).toEqual([
    '/nowhere/card.json cannot be used: there is no such file or folder.',
    'This cannot be done: 127.0.0.1:9 refused the connection.',
  ]);
});

it.each([
  ['a right that is missing', named('AccessDeniedException', 'no'), 'Give these credentials the right'],
  ['no credentials', named('CredentialsProviderError', 'none'), 'aws configure'],
  ['a function that is not there', named('ResourceNotFoundException', 'none'), 'Check the region'],
  ['a page in the place of AWS', Object.assign(new SyntaxError('<'), { $response: {} }), 'AWS_ENDPOINT_URL'],
  ['an error with a hint', new CliError('no', 'Do this.'), 'Do this.'],
  ['a file that is not there', openNothing(), 'Check the path'],
  ['a server that is not there', refused, 'Check the address, the connection'],
  ['any other', new Error('no'), 'Correct what it names'],
])('tells the way out of %s', async (_case, error, fix) => {
  const examination = startExamination(
    () => undefined,
    () => undefined,
  );

  const outcome = await examination.check('after', 'function', () => Promise.reject(error));

  expect(outcome).toMatchObject({ status: 'failed', fix: expect.stringContaining(fix) });
});

it('tells of each check as it starts and ends, and keeps what it found', async () => {
  const told: string[] = [];
  const examination = startExamination(
    (name) => told.push(name),
    (finding) => told.push(toPlainText(describeFinding(finding))),
  );
  await examination.check('before', 'node', () => ok('v24'));

  await examination.check('before', 'docker', () => failed('No engine.', 'Start it.'));

  expect(told).toEqual([
    'node',
    'ok       node          v24',
    'docker',
    'FAILED   docker        No engine.\n                       -> Start it.',
  ]);
  expect(examination.findings).toHaveLength(2);
});
