import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { answerSchemas } from '../../facts/answers.ts';
import { describeApi } from '../../function/openapi/describe-api.ts';
import { readLimits } from '../../function/settings/limits.ts';
import { drawnJpeg } from '../helpers/drawn-jpeg.ts';
import type { RequestParts } from '../helpers/events.ts';
import { createTestService, request } from '../helpers/test-service.ts';

type SchemaName = keyof typeof answerSchemas;

const document = describeApi({ limits: readLimits({}), version: '1.2.3', hasPage: false, hasSecret: false });
const validator = new Ajv2020({ strict: false }).addSchema(document, 'api');
const photo = drawnJpeg(20, 30);
const items = [{ image: photo.toString('base64') }, { image: 'AAAA' }];

const answers: [string, RequestParts, SchemaName][] = [
  ['a prediction', { method: 'POST', path: '/predict', body: photo }, 'Prediction'],
  ['an explained prediction', { method: 'POST', path: '/predict', query: 'explain=1', body: photo }, 'Prediction'],
  [
    'several photos, one of them bad',
    {
      method: 'POST',
      path: '/predict',
      body: JSON.stringify({ items }),
      headers: { 'content-type': 'application/json' },
    },
    'Predictions',
  ],
  ['the health', { path: '/health' }, 'Health'],
  ['the deep health', { path: '/health', query: 'deep=1' }, 'Health'],
  ['an error', { method: 'POST', path: '/predict' }, 'Error'],
];

describe('the schema of an answer', () => {
  it.each(answers)('fits %s as the service gives it', async (_what, parts, name) => {
    const { json } = await request(createTestService(), parts);

    expect(problemsOf(name, json)).toEqual([]);
  });

  it('fits no answer that lacks a part or has one more', async () => {
    const { json } = await request(createTestService(), { path: '/health' });
    const { status: _status, ...less } = json;

    expect(problemsOf('Health', less)).toEqual(["must have required property 'status'"]);
    expect(problemsOf('Health', { ...json, more: 1 })).toEqual(['must NOT have additional properties']);
  });
});

function problemsOf(name: SchemaName, answer: unknown): (string | undefined)[] {
  const validate = validator.getSchema(`api#/components/schemas/${name}`);
  validate?.(answer);
  return (validate?.errors ?? []).map(({ message }) => message);
}
