import { expect, it } from 'vitest';
import { describeFileError } from '../../cli/describe-file-error.ts';
import { FileError } from '../../files/file-error.ts';
import { ServiceError } from '../../function/invocation/service-error.ts';

it('says what is wrong with a photo in the words of the service', () => {
  const thrown = new ServiceError('corrupt_photo', 'It is damaged.', 'Send another.');

  expect(describeFileError(thrown)).toEqual({
    code: 'corrupt_photo',
    message: 'It is damaged.',
    hint: 'Send another.',
  });
});

it('says what is no photo at all', () => {
  const thrown = new FileError('a/pipe', 'not_plain', 'it is a named pipe, not a file', 'Give a plain file.');

  expect(describeFileError(thrown)).toEqual({
    code: 'unreadable_file',
    message: 'The file cannot be read: it is a named pipe, not a file.',
    hint: 'Give a plain file.',
  });
});

it('leaves alone what is not about the file', () => {
  expect(() => describeFileError(new TypeError('a fault'))).toThrow(TypeError);
});
