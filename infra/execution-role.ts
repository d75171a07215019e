import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import { boundaryOf } from './boundary-of.ts';
import { keyRights } from './bulk/key-rights.ts';
import { allow } from './policy-text.ts';
import type { Tags } from './resource-tags.ts';
import type { SettingInputs } from './settings.ts';

export interface ExecutionRoleArgs {
  readonly logGroup: aws.cloudwatch.LogGroup;
  /** bucket or bucket/prefix. */
  readonly photoBuckets: readonly string[];
  /** KMS keys of those buckets. */
  readonly bucketKeys?: SettingInputs['bucketKeys'];
  /** The name or the ARN of a managed policy of this account. */
  readonly permissionsBoundary: pulumi.Input<string> | undefined;
  /** ARNs of managed policies, attached as they are. */
  readonly extraPolicies: readonly string[];
  /** The KMS key of the function's environment. */
  readonly environmentKey: pulumi.Input<string> | undefined;
  /** Whether the function runs in a network of the owner's. */
  readonly isInNetwork: boolean;
  readonly isTraced: boolean;
  readonly tags: Tags;
}

/** What the function may do: write its own log, and read photos from the buckets that the settings name. */
export class ExecutionRole extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly name: pulumi.Output<string>;
  /** What a function must wait for, or its first invocations would lack their rights. */
  readonly policies: readonly pulumi.Resource[];

  constructor(name: string, args: ExecutionRoleArgs, options?: pulumi.ComponentResourceOptions) {
    super('lambda-lens:infra:ExecutionRole', name, {}, options);
    const parent = { parent: this };

    // Assumed by Lambda alone.
    const role = new aws.iam.Role(
      name,
      {
        assumeRolePolicy: allow({ Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }),
        ...boundaryOf(args.permissionsBoundary, parent),
        tags: args.tags,
      },
      parent,
    );

    // Streams and events in the one log group; the group itself belongs to the stack.
    const writeLog = new aws.iam.RolePolicy(
      `${name}-write-log`,
      {
        role: role.name,
        policy: args.logGroup.arn.apply((arn) =>
          allow({ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: `${arn.replace(/:\*$/, '')}:*` }),
        ),
      },
      parent,
    );

    // Photos by s3:// address: reading objects, nothing else, from exactly the buckets and prefixes named.
    const readPhotos =
      args.photoBuckets.length > 0 &&
      new aws.iam.RolePolicy(
        `${name}-read-photos`,
        {
          role: role.name,
          policy: pulumi
            .all([aws.getPartitionOutput({}, parent).partition, keyRights(args.bucketKeys ?? [])])
            .apply(([partition, keys]) =>
              allow(
                {
                  Action: 's3:GetObject',
                  Resource: args.photoBuckets.map((place) => objectsArn(partition, place)),
                },
                ...keys,
              ),
            ),
        },
        parent,
      );

    this.arn = role.arn;
    this.name = role.name;
    this.policies = [writeLog, ...(readPhotos ? [readPhotos] : []), ...this.optional(name, role, args)];
    this.registerOutputs({ arn: this.arn });
  }

  private optional(name: string, role: aws.iam.Role, args: ExecutionRoleArgs): readonly pulumi.Resource[] {
    const parent = { parent: this };
    // Lambda makes network interfaces in the role's name; none of these calls takes a resource.
    // https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
    const joinNetwork =
      args.isInNetwork &&
      new aws.iam.RolePolicy(
        `${name}-join-network`,
        {
          role: role.name,
          policy: allow({
            Action: [
              'ec2:CreateNetworkInterface',
              'ec2:DescribeNetworkInterfaces',
              'ec2:DescribeSubnets',
              'ec2:DeleteNetworkInterface',
              'ec2:AssignPrivateIpAddresses',
              'ec2:UnassignPrivateIpAddresses',
            ],
            Resource: '*',
          }),
        },
        parent,
      );
    const readEnvironment =
      args.environmentKey !== undefined &&
      new aws.iam.RolePolicy(
        `${name}-read-environment`,
        {
          role: role.name,
          policy: pulumi.output(args.environmentKey).apply((key) => allow({ Action: 'kms:Decrypt', Resource: key })),
        },
        parent,
      );
    // Neither call takes a resource. https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html
    const writeTraces =
      args.isTraced &&
      new aws.iam.RolePolicy(
        `${name}-write-traces`,
        {
          role: role.name,
          policy: allow({ Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], Resource: '*' }),
        },
        parent,
      );
    const attached = args.extraPolicies.map(
      (policyArn) =>
        new aws.iam.RolePolicyAttachment(
          `${name}-${policyArn.replace(/^.*\//, '')}`,
          { role: role.name, policyArn },
          parent,
        ),
    );
    return [joinNetwork, readEnvironment, writeTraces, ...attached].filter((made) => made !== false);
  }
}

function objectsArn(partition: string, place: string): string {
  return `arn:${partition}:s3:::${place.includes('/') ? place : `${place}/`}*`;
}
