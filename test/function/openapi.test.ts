import { describe, expect, it } from 'vitest';
import { statusByCode } from '../../facts/error-codes.ts';
import { describeApi } from '../../function/openapi/describe-api.ts';
import { readLimits } from '../../function/settings/limits.ts';
import { createTestService, request } from '../helpers/test-service.ts';

interface Operation {
  readonly responses: Readonly<Record<string, unknown>>;
  readonly security?: unknown;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
}

interface Description {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, { properties: Record<string, { maxItems?: number }> }>>;
  };
}

function describeWith(changes: Partial<Parameters<typeof describeApi>[0]> = {}): Description {
  const facts = { limits: readLimits({}), version: '1.2.3', hasPage: true, hasSecret: false, ...changes };
  return describeApi(facts) as unknown as Description;
}

const { paths } = describeWith();
const operations = Object.entries(paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ method, path, operation })),
);

it('is served by the service itself', async () => {
  const { status, json } = await request(createTestService(), { path: '/openapi.json' });

  expect(status).toBe(200);
  expect(json).toEqual(describeWith({ hasPage: false }));
});

describe.each(operations)('$method $path', ({ method, path, operation }) => {
  it('is there', async () => {
    const service = createTestService({ readPage: async () => '<p>page</p>' });

    const { status } = await request(service, {
      method: method.toUpperCase(),
      path: path.replace('{name}', 'hat.jpg'),
    });

    expect([404, 405]).not.toContain(status);
    expect(Object.keys(operation.responses)).toContain(String(status));
  });

  it('has each of its options known to the service, and none besides', async () => {
    const service = createTestService();
    for (const { name } of (operation.parameters ?? []).filter((parameter) => parameter.in === 'query')) {
      const { json } = await request(service, { method: method.toUpperCase(), path, query: `${name}=x` });
      expect(json.error.message).toContain(`The option ${name} is "x"`);
    }
  });
});

it('has every way of the service', async () => {
  const service = createTestService({ readPage: async () => '<p>page</p>' });
  const { json } = await request(service, { path: '/nowhere' });
  const routes = [...(json.error.hint as string).matchAll(/(GET|POST) (\/[\w/{}]*(?:\.json)?)/g)].map(
    ([, method, path]) => `${method} ${path}`,
  );

  expect(routes.sort()).toEqual(operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`).sort());
});

it('describes every error that a described way can end in', () => {
  const described = new Set(operations.flatMap(({ operation }) => Object.keys(operation.responses)));
  const { method_not_allowed, ...others } = statusByCode;
  for (const status of Object.values(others)) expect(described).toContain(String(status));
  expect(described).not.toContain(String(method_not_allowed));
});

it('asks for the secret where there is one', () => {
  const predict = describeWith({ hasSecret: true }).paths['/predict']?.post;

  expect(Object.keys(predict?.responses ?? {})).toContain('401');
  expect(predict?.security).toHaveLength(2);
});

it('follows the limits', () => {
  const limits = readLimits({ MAXIMUM_ITEMS: '5' });

  expect(describeWith({ limits }).components.schemas.PhotoSources?.properties.items?.maxItems).toBe(5);
});

it('bounds every number, text and list', () => {
  const bounds = new Set<string>();
  const structural = /^(schema|properties|items|anyOf|oneOf|\d+)$/;
  const collect = (value: unknown, name: string): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const isBound = /^(minimum|maximum|minLength|minItems|maxItems|default)$/.test(key) && typeof inner !== 'object';
      if (isBound) bounds.add(`${name} ${key} ${inner}`);
      else if (!/^examples?$/.test(key)) collect(inner, structural.test(key) && key !== 'items' ? name : key);
    }
  };

  collect(describeWith({ hasUploads: true }), '');

  expect([...bounds].sort()).toEqual([
    'bodySizeInBytes minimum 1',
    'decodeMs minimum 0',
    'explain maximum 1',
    'explain minimum 0',
    'fitMs minimum 0',
    'height minimum 1',
    'image minLength 1',
    'image_url minLength 1',
    'items maxItems 16',
    'items maximum 1',
    'items minItems 1',
    'items minimum 0',
    'items minimum 1',
    'modelMs minimum 0',
    'orientation maximum 8',
    'orientation minimum 1',
    'parameters default 3',
    'parameters default false',
    'parameters maximum 1',
    'parameters minimum 0',
    'parameters minimum 1',
    'photoSizeInBytes minimum 1',
    'photos minimum 1',
    'pixels minimum 1',
    'probability maximum 1',
    'probability minimum 0',
    's3 minLength 1',
    'sizeInBytes maximum 20000000',
    'sizeInBytes minimum 1',
    'sourceMs minimum 0',
    'top minimum 1',
    'totalMs minimum 0',
    'url minLength 1',
    'validForSeconds minimum 1',
    'width minimum 1',
  ]);
});
