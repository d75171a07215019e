import type { RecordedResource } from '../../infra/run-stack.ts';

/** Where Pulumi's name of a type is not Terraform's in other letters. */
const typesOfOtherNames: Readonly<Record<string, string>> = {
  'awsx:ecr:Repository': 'aws_ecr_repository',
  'aws:s3/bucketV2:BucketV2': 'aws_s3_bucket',
};

/** Objects whose keys are the owner's, not the provider's: a map of Terraform, where another object is a block. */
const maps = ['tags', 'variables', 'dimensions'];

/** Lists of blocks, which Pulumi names in the plural. */
const blocks: Readonly<Record<string, string>> = {
  metricQueries: 'metric_query',
  notifications: 'notification',
  rules: 'rule',
  lifecycleRules: 'lifecycle_rule',
  corsRules: 'cors_rule',
};

/** Recorded resources of AWS as a Terraform plan that makes them, which checkov reads. */
export function toTerraformPlan(resources: readonly RecordedResource[]): object {
  const planned = resources.flatMap(({ type, name, inputs }) => {
    const terraformType = toType(type);
    if (terraformType === undefined) return [];
    const label = name.replace(/[^\w-]+/g, '_');
    const values = toValues(inputs);
    return [{ address: `${terraformType}.${label}`, mode: 'managed', type: terraformType, name: label, values }];
  });
  return {
    format_version: '1.2',
    terraform_version: '1.9.0',
    planned_values: { root_module: { resources: planned } },
    resource_changes: planned.map(({ values, ...resource }) => ({
      ...resource,
      change: { actions: ['create'], before: null, after: values, after_unknown: {} },
    })),
    configuration: { root_module: { resources: planned.map(({ values: _values, ...resource }) => resource) } },
  };
}

function toType(type: string): string | undefined {
  const [, group, name = ''] = /^aws:(\w+)\/(\w+):\w+$/.exec(type) ?? [];
  return typesOfOtherNames[type] ?? (group === undefined ? undefined : `aws_${group}_${toSnakeCase(name)}`);
}

function toValues(inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(inputs).map(([key, value]) => [
      blocks[key] ?? toSnakeCase(key),
      maps.includes(key) ? value : toValue(value),
    ]),
  );
}

function toValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((entry) => (isObject(entry) ? toValues(entry) : entry));
  return isObject(value) ? [toValues(value)] : value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
