import { describe, expect, it, vi } from 'vitest';
import { switchOffSource } from '../../infra/switch-off-source.ts';
import { runStack } from './run-stack.ts';

vi.mock('../../function/bundling/bundle.ts', () => ({ bundle: async () => ({}) }));

describe('a monthly budget', () => {
  it('tells the owner at 80 and 100 %, and when 100 % are forecast', async () => {
    const stack = await runStack({ monthlyBudget: 20, alarmEmail: 'owner@shop.example' });
    const { inputs } = stack.one('aws:budgets/budget:Budget');

    expect(inputs).toMatchObject({ budgetType: 'COST', timeUnit: 'MONTHLY', limitAmount: '20', limitUnit: 'USD' });
    expect(
      inputs.notifications.map(({ threshold, notificationType, subscriberEmailAddresses }: Record<string, unknown>) => [
        threshold,
        notificationType,
        subscriberEmailAddresses,
      ]),
    ).toEqual([
      [80, 'ACTUAL', ['owner@shop.example']],
      [100, 'ACTUAL', ['owner@shop.example']],
      [100, 'FORECASTED', ['owner@shop.example']],
    ]);
  });

  it('needs somebody to tell', async () => {
    await expect(runStack({ monthlyBudget: 20 })).rejects.toThrow('monthlyBudget tells alarmEmail, which is not set.');
  });
});

describe('automaticOff', () => {
  const [alarm, lambda, rolePolicy] = [
    'aws:cloudwatch/metricAlarm:MetricAlarm',
    'aws:lambda/function:Function',
    'aws:iam/rolePolicy:RolePolicy',
  ];

  it('alarms on what an hour costs: time by memory and price, and calls', async () => {
    const stack = await runStack({ automaticOff: 1.5, memoryInMb: 1024, architecture: 'x86_64', monitoring: false });
    const { inputs } = stack.one(alarm);
    const [{ expression }] = inputs.metricQueries.filter(({ returnData }: { returnData?: boolean }) => returnData);
    const [, perMillisecond, perCall] = /^duration \* (\S+) \+ invocations \* (\S+)$/.exec(expression) ?? [];

    // A thousand seconds of a gigabyte, and a million calls.
    expect(Number(perMillisecond) * 1e6).toBeCloseTo(0.0166667, 7);
    expect(Number(perCall) * 1e6).toBeCloseTo(0.2, 7);
    expect(inputs).toMatchObject({ threshold: 1.5, evaluationPeriods: 1, treatMissingData: 'notBreaching' });
    expect(inputs.metricQueries.slice(0, 2).map(({ id, metric }: never) => [id, metric])).toEqual([
      ['duration', expect.objectContaining({ metricName: 'Duration', stat: 'Sum', period: 3_600 })],
      ['invocations', expect.objectContaining({ metricName: 'Invocations', stat: 'Sum', period: 3_600 })],
    ]);
  });

  it('hands the alarm to a function that may do nothing but turn this one off, and log', async () => {
    const stack = await runStack({ automaticOff: 1, permissionsBoundary: 'lambda-lens-boundary' });
    const policy = stack.all(rolePolicy).find(({ name }) => name === 'lambda-lens-off');
    const [service] = stack.all(lambda).filter(({ name }) => name === 'lambda-lens');

    expect(JSON.parse(policy?.inputs.policy).Statement).toEqual([
      { Effect: 'Allow', Action: 'lambda:PutFunctionConcurrency', Resource: expect.stringMatching(/:lambda-lens$/) },
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: expect.stringMatching(/:log-group:\/aws\/lambda\/lambda-lens-off:\*$/),
      },
    ]);
    expect(service).toBeDefined();
    for (const { inputs } of stack.all('aws:iam/role:Role')) {
      expect(inputs.permissionsBoundary).toBe('arn:aws:iam::123456789012:policy/lambda-lens-boundary');
    }
    expect(stack.one('aws:sns/topicSubscription:TopicSubscription').inputs).toMatchObject({ protocol: 'lambda' });
  });

  it('does so whatever it is told', async () => {
    const sent: unknown[] = [];
    const source = switchOffSource
      .replace(/^import .*$/m, 'const { LambdaClient, PutFunctionConcurrencyCommand } = globalThis.standIn;')
      .replace('export async function', 'return async function');
    class LambdaClient {
      send(command: { readonly input: unknown }) {
        sent.push(command.input);
      }
    }
    class PutFunctionConcurrencyCommand {
      readonly input: unknown;
      constructor(input: unknown) {
        this.input = input;
      }
    }
    vi.stubGlobal('standIn', { LambdaClient, PutFunctionConcurrencyCommand });
    vi.stubEnv('FUNCTION_NAME', 'lambda-lens-1');
    const handler = new Function(source)();

    await handler({ Records: [] });
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();

    expect(sent).toEqual([{ FunctionName: 'lambda-lens-1', ReservedConcurrentExecutions: 0 }]);
  });

  it('is not there unless asked for', async () => {
    const stack = await runStack();

    expect(stack.all(lambda)).toHaveLength(1);
  });
});

describe("a stranger's token", () => {
  const tokens = { jwtIssuer: 'https://login.example/', jwtAudience: ['shop'] };

  it('is asked for on every route, but for the preflights of browsers', async () => {
    const stack = await runStack(tokens);
    const routes = stack
      .all('aws:apigatewayv2/route:Route')
      .map(({ inputs }) => [inputs.routeKey, inputs.authorizationType]);

    expect(Object.fromEntries(routes)).toEqual({
      $default: 'JWT',
      'OPTIONS /': undefined,
      'OPTIONS /{proxy+}': undefined,
    });
    expect(stack.one('aws:apigatewayv2/authorizer:Authorizer').inputs).toMatchObject({
      authorizerType: 'JWT',
      identitySources: ['$request.header.Authorization'],
      jwtConfiguration: { issuer: 'https://login.example/', audiences: ['shop'] },
    });
  });

  it.each([
    [{ ...tokens, functionUrl: 'public' }, /functionUrl is public/],
    [{ ...tokens, httpApi: false }, /set httpApi to on/],
    [{ jwtIssuer: tokens.jwtIssuer }, /go together/],
    [{ jwtAudience: tokens.jwtAudience }, /go together/],
  ] as const)('is no half measure: %j', async (args, sentence) => {
    await expect(runStack(args)).rejects.toThrow(sentence);
  });
});
