import { describe, expect, it } from 'vitest';
import { readFailures } from '../../../bench/stream/event-source.ts';

// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
const batch = [{ MessageId: 'a' }, { MessageId: 'b' }];

describe('what a function answers to a queue', () => {
  it.each([
    ['{"batchItemFailures":[]}'],
    ['{"batchItemFailures":null}'],
    ['{}'],
    ['null'],
  ])('is full success: %s', (payload) => {
    expect(readFailures(payload, batch)).toEqual(new Set());
  });

  it('fails those messages that it names', () => {
    expect(readFailures('{"batchItemFailures":[{"itemIdentifier":"b"}]}', batch)).toEqual(new Set(['b']));
  });

  it.each([
    ['no JSON'],
    ['{"batchItemFailures":"b"}'],
    ['{"batchItemFailures":[{"itemIdentifier":""}]}'],
    ['{"batchItemFailures":[{"itemIdentifier":null}]}'],
    ['{"batchItemFailures":[{"itemIdentifier":"c"}]}'],
    ['{"batchItemFailures":[{"messageId":"b"}]}'],
    ['{"batchItemFailures":["b"]}'],
  ])('fails the whole batch: %s', (payload) => {
    expect(readFailures(payload, batch)).toBeUndefined();
  });
});
