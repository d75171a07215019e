import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { logStartFailure } from '../../../function/runtime/log-start-failure.ts';
import { SettingError } from '../../../function/settings/setting-error.ts';

const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
afterEach(() => write.mockClear());
afterAll(() => write.mockRestore());

it('writes one line that a filter on errors sees, and reports the same', async () => {
  const error = new SettingError('FETCH_TIMEOUT_IN_MILLISECONDS', '8s', 'a whole number from 1 to 900000');
  const report = await logStartFailure(error);

  const lines = write.mock.calls.map(([text]) => String(text));
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'error',
    message: 'The function cannot start.',
    error: 'FETCH_TIMEOUT_IN_MILLISECONDS is "8s", which can\'t be used.',
    hint: 'It must be a whole number from 1 to 900000. Write it so: 8000.',
    details: expect.stringContaining('log-start-failure.test'),
  });
  expect(report).toEqual({
    errorType: 'internal_error',
    errorMessage: `${error.message} It must be a whole number from 1 to 900000. Write it so: 8000.`,
    stackTrace: [],
  });
});

it.each([
  [new SettingError('API_SECRET', undefined, 'long'), "API_SECRET can't be used. It must be long."],
  [new Error('weights.bin is gone'), 'weights.bin is gone'],
  ['a text', 'a text'],
])('reports %s as it is', async (error, message) => {
  expect((await logStartFailure(error)).errorMessage).toBe(message);
});
