import { expect, it } from 'vitest';
import { toAnswerError } from '../../../../function/page/client/answer-error.ts';

it("hands the service's own error on", () => {
  const error = toAnswerError(
    422,
    '{"error":{"code":"corrupt_photo","message":"It is cut short.","hint":"Send it whole."}}',
    null,
  );

  expect(error).toMatchObject({ message: 'It is cut short.', hint: 'Send it whole.', status: 422, isBusy: false });
});

it.each([
  [413, 'Request Too Long', 'too large'],
  [403, '{"Message":"Forbidden"}', 'signed'],
  [504, '<html>', 'in time'],
  [418, '', 'status 418'],
])('puts a %i of AWS into words of its own', (status, text, words) => {
  expect(toAnswerError(status, text, null).message).toContain(words);
});

it.each([
  ['3', 3],
  [null, undefined],
  ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
])('knows of a busy service when it asks to come back: %s', (retryAfter, seconds) => {
  const error = toAnswerError(429, '{"message":"Too Many Requests"}', retryAfter);

  expect(error).toMatchObject({ isBusy: true, retryAfterInSeconds: seconds });
});
