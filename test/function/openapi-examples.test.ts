import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { describeApi } from '../../function/openapi/describe-api.ts';
import { readLimits } from '../../function/settings/limits.ts';

interface Media {
  readonly schema: object;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
}

const document = describeApi({ limits: readLimits({}), version: '1.2.3', hasPage: true, hasSecret: true });
const operations = Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => [`${method} ${path}`, operation] as const),
);
const ajv = new Ajv2020({ strict: false, validateFormats: false }).addSchema({ ...document, $id: 'api' });

describe.each(operations)('%s', (_route, { requestBody, responses }) => {
  const contents = [requestBody?.content, ...Object.values(responses).map(({ content }) => content)];
  const media = contents.flatMap((content) => Object.entries(content ?? {}));

  it('has an example for all that is JSON with a shape, and each has that shape', () => {
    for (const [type, { schema, example, examples }] of media) {
      const values = example === undefined ? Object.values(examples ?? {}).map(({ value }) => value) : [example];
      if (type === 'application/json' && JSON.stringify(schema).includes('$ref'))
        expect(values.length).toBeGreaterThan(0);
      const pointed = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"api#/'));
      for (const value of values) expect(ajv.validate(pointed, value), ajv.errorsText()).toBe(true);
    }
  });
});
