import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';

/**
 * What bounds a role of the stack, as its property; nothing where there is no boundary.
 * @param boundary the name or the ARN of a managed policy of this account
 */
export function boundaryOf(
  boundary: pulumi.Input<string> | undefined,
  options: pulumi.InvokeOutputOptions,
): { readonly permissionsBoundary?: pulumi.Output<string> } {
  if (boundary === undefined) return {};
  const { partition } = aws.getPartitionOutput({}, options);
  const { accountId } = aws.getCallerIdentityOutput({}, options);
  const permissionsBoundary = pulumi
    .all([boundary, partition, accountId])
    .apply(([policy, partition, account]) =>
      policy.startsWith('arn:') ? policy : `arn:${partition}:iam::${account}:policy/${policy}`,
    );
  return { permissionsBoundary };
}
