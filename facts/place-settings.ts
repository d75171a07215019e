import type { SettingTable } from './setting.ts';
import { listOf, onOrOff, text } from './setting-kinds.ts';

/** What an owner's account has already: rights, a repository, a network, keys. */
export const placeSettings = {
  permissionsBoundary: {
    ...text('the name or the ARN of a managed policy', (value) =>
      /^(arn:[\w:/+=,.@-]+|[\w+=,.@-]{1,128})$/.test(value),
    ),
    default: undefined,
    sentence: "what the function's role may do at most; the deployer's policy asks for `lambda-lens-boundary`",
  },
  repository: {
    ...text('the name of an ECR repository', (value) => /^[a-z\d][a-z\d._/-]{1,255}$/.test(value)),
    default: undefined,
    sentence:
      'a repository of your own to push images to, in the same account and region, instead of one that the stack makes',
  },
  retainImages: {
    ...onOrOff(),
    default: false,
    sentence: 'whether `pulumi destroy` leaves the repository and its images',
  },
  subnetIds: {
    ...listOf('subnets', (ids) => ids.every((id) => /^subnet-[\da-f]+$/.test(id))),
    default: [],
    defaultInWords: 'none',
    sentence: 'where the function runs in your network; it reaches the internet from there only by way of yours',
  },
  securityGroupIds: {
    ...listOf('security groups', (ids) => ids.every((id) => /^sg-[\da-f]+$/.test(id))),
    default: [],
    defaultInWords: 'none',
    sentence: 'what the function may reach there; goes with `subnetIds`',
  },
  extraPolicies: {
    ...listOf('ARNs of managed policies', (arns) => arns.every((arn) => /^arn:[\w-]+:iam::\S+:policy\/\S+$/.test(arn))),
    default: [],
    defaultInWords: 'none',
    sentence: "attached to the function's role, beside its own rights",
  },
  environmentKey: {
    ...text("the ARN of a KMS key, whose policy lets the function's role decrypt", isKeyArn),
    default: undefined,
    sentence: "encrypts the function's environment, instead of a key of AWS's",
  },
  logKey: {
    ...text('the ARN of a KMS key, whose policy lets CloudWatch Logs use it', isKeyArn),
    default: undefined,
    sentence: "encrypts the logs, instead of a key of AWS's",
  },
  bucketKeys: {
    ...listOf('ARNs of KMS keys, whose policies let roles of this account use them', (arns) => arns.every(isKeyArn)),
    default: [],
    defaultInWords: 'none',
    sentence:
      'keys under which the buckets that you name are encrypted, for the roles to read photos and write results',
  },
} as const satisfies SettingTable;

function isKeyArn(arn: string): boolean {
  return /^arn:[\w-]+:kms:[\w-]+:\d{12}:(key|alias)\/\S+$/.test(arn);
}
