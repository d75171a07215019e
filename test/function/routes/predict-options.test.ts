import { describe, expect, it } from 'vitest';
import { base64, predict, predictJson } from '../../helpers/predict-requests.ts';
import { createTestService, request, tinyClassifier } from '../../helpers/test-service.ts';

describe('the options of POST /predict', () => {
  it.each([
    ['', 2],
    ['top=1', 1],
    ['top=2', 2],
    ['top=99999999999999999999', 2],
  ])('with the query "%s" answers with %i of its two labels', async (query, count) => {
    expect((await request(createTestService(), { ...predict, query })).json.predictions).toHaveLength(count);
  });

  it('explains where it is asked to', async () => {
    const { json: answer } = await request(createTestService(), { ...predict, query: 'explain=1' });

    expect(answer.explanation).toMatchObject({ label: answer.label, runnerUp: { margin: expect.any(Number) } });
    expect((await request(createTestService(), { ...predict, query: 'explain=0' })).json).not.toHaveProperty(
      'explanation',
    );
  });

  it('says that a model without a map cannot explain', async () => {
    const classifier = async () => {
      const real = await tinyClassifier();
      return { ...real, card: real.card, version: real.version, canExplain: false };
    };

    const { status, json: answer } = await request(createTestService({ classifier }), {
      ...predict,
      query: 'explain=1',
    });

    expect([status, answer.error.code]).toEqual([400, 'bad_request']);
  });

  it.each([
    ['top[]=1', {}],
    ['top[0]=1', {}],
    ['', { top: 1 }],
    ['', { top: '1', explain: null }],
  ])('reads the options of the query "%s" and the body %o', async (query, options) => {
    const parts = { ...predictJson({ image: base64, ...options }), query };

    const { json: answer } = await request(createTestService(), parts);

    expect(answer.predictions).toHaveLength(1);
    expect(answer).not.toHaveProperty('explanation');
  });

  it.each(['explain=true', 'explain=True', 'explain=1'])('explains for %s', async (query) => {
    expect((await request(createTestService(), { ...predict, query })).json).toHaveProperty('explanation');
  });

  it('refuses an option that is in the query and the body', async () => {
    const parts = { ...predictJson({ image: base64, top: 1 }), query: 'top=2' };

    const { status, json: answer } = await request(createTestService(), parts);

    expect([status, answer.error.code]).toEqual([400, 'bad_request']);
  });

  it.each([
    'top=0',
    'top=-1',
    'top=1.5',
    'top=',
    'top=x',
    'top=1&top=2',
    'explain=yes',
    'explain=',
    'size=3',
    'Top=1',
  ])('refuses the query "%s"', async (query) => {
    const { status, json: answer } = await request(createTestService(), { ...predict, query });

    expect([status, answer.error.code]).toEqual([400, 'bad_request']);
  });
});
