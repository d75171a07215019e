import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backlogDefinition } from '../../../infra/bulk/backlog-definition.ts';
import { isStateValidatorInstalled, stateValidator } from '../find-tools.ts';

describe.skipIf(!isStateValidatorInstalled)('the state machine of the backlog', () => {
  const definition = backlogDefinition({
    functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:lens-batch',
    resultsBucket: 'out',
    resultsPrefix: 'lens/',
    photosInBatch: 100,
    concurrency: 50,
  });
  const validate = (text: string) => {
    const file = join(mkdtempSync(join(tmpdir(), 'states-')), 'definition.json');
    writeFileSync(file, text);
    return execFileSync(process.execPath, [stateValidator, '--json-path', file], { encoding: 'utf8' });
  };

  it('is a valid text of the Amazon States Language', () => {
    expect(validate(definition)).toContain('is valid');
  });

  it('would not be with a state that goes nowhere', () => {
    expect(() => validate(definition.replace('"Next":"Count"', '"Next":"Nowhere"'))).toThrow();
  });
});
