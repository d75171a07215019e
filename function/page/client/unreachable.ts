import { AnswerError } from './answer-error.ts';

/** Why no answer came at all, so far as the browser knows. */
export function unreachable(): AnswerError {
  return navigator.onLine === false
    ? new AnswerError('This device is offline.', 'Connect it, then try again.', 0)
    : new AnswerError('The service could not be reached.', 'Check the connection, then try again.', 0);
}
