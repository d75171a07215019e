import { expect, it } from 'vitest';
import { toTerraformPlan } from './to-terraform-plan.ts';

function plannedOf(...resources: Parameters<typeof toTerraformPlan>[0]) {
  const plan = toTerraformPlan(resources) as {
    readonly planned_values: { readonly root_module: { readonly resources: readonly object[] } };
  };
  return plan.planned_values.root_module.resources;
}

it('names types, keys and blocks as Terraform does, and leaves maps as they are', () => {
  const inputs = {
    kmsKeyArn: 'arn',
    environment: { variables: { apiSecret: 'x' } },
    vpcConfig: { subnetIds: ['subnet-0a'] },
    metricQueries: [{ returnData: true, metric: { dimensions: { FunctionName: 'lens' } } }],
    tags: { camelCase: 'yes' },
  };

  expect(
    plannedOf({ type: 'aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig', name: '/a lens', inputs }),
  ).toEqual([
    {
      address: 'aws_lambda_function_event_invoke_config._a_lens',
      mode: 'managed',
      type: 'aws_lambda_function_event_invoke_config',
      name: '_a_lens',
      values: {
        kms_key_arn: 'arn',
        environment: [{ variables: { apiSecret: 'x' } }],
        vpc_config: [{ subnet_ids: ['subnet-0a'] }],
        metric_query: [{ return_data: true, metric: [{ dimensions: { FunctionName: 'lens' } }] }],
        tags: { camelCase: 'yes' },
      },
    },
  ]);
});

it('knows the repository by its component, and leaves out what is none of AWS', () => {
  const planned = plannedOf(
    { type: 'awsx:ecr:Repository', name: 'lens', inputs: { imageScanningConfiguration: { scanOnPush: false } } },
    { type: 'docker-build:index:Image', name: 'lens', inputs: {} },
  );

  expect(planned).toMatchObject([
    { type: 'aws_ecr_repository', values: { image_scanning_configuration: [{ scan_on_push: false }] } },
  ]);
});
