import { describe, expect, it } from 'vitest';
import { CliError } from '../../cli/cli-error.ts';
import { ExplainedError } from '../../facts/explained-error.ts';
import { ServiceError } from '../../function/invocation/service-error.ts';
import { SettingError } from '../../function/settings/setting-error.ts';
import { ImportError } from '../../importer/import-error.ts';
import { ModelError } from '../../model/model-error.ts';
import { WasmFileError } from '../../wasm/wasm-file-error.ts';

const cause = new Error('a stone');

describe('the family of errors', () => {
  it.each([
    new CliError('The path is closed.', 'Take another.', { cause }),
    new ImportError('The path is closed.', 'Take another.', { cause }),
    new WasmFileError('The path is closed.', 'Take another.', { cause }),
    new ModelError('unreadable', 'The path is closed.', { cause }),
    new ServiceError('busy', 'The path is closed.', 'Take another.', { cause }),
  ])('has $name in it, with a sentence, a hint and what led to it', (error) => {
    expect(error).toBeInstanceOf(ExplainedError);
    expect(error).toMatchObject({ message: 'The path is closed.', hint: expect.stringMatching(/^[A-Z].+\.$/), cause });
  });

  it('has the settings in it', () => {
    const error = new SettingError('PORT', 'x', 'a number');

    expect(error).toBeInstanceOf(ExplainedError);
    expect(error).toMatchObject({ message: `PORT is "x", which can't be used.`, hint: 'It must be a number.' });
  });

  it('names no cause where there is none', () => {
    expect('cause' in new CliError('No.', 'Yes.', { cause: undefined })).toBe(false);
  });
});
