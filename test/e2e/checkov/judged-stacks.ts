import type { LambdaLensArgs } from '../../../infra/lambda-lens.ts';

const key = 'arn:aws:kms:eu-west-1:123456789012:key/0f';

/** As it is without a setting; as an owner closes it; and with everything that a setting adds. */
export const judgedStacks: Readonly<Record<string, LambdaLensArgs>> = {
  default: {},
  strict: {
    functionUrl: 'off',
    jwtIssuer: 'https://login.example/',
    jwtAudience: ['shop'],
    maximumConcurrency: 5,
    tracing: true,
    environmentKey: key,
    logKey: key,
    logRetentionInDays: 365,
    subnetIds: ['subnet-0a', 'subnet-0b'],
    securityGroupIds: ['sg-0c'],
    permissionsBoundary: 'lambda-lens-boundary',
  },
  everything: {
    functionUrl: 'public',
    photoBuckets: ['my-photos', 'shop/in/'],
    uploads: true,
    stream: true,
    bulk: true,
    apiSecret: 'a-long-secret',
    alarmEmail: 'owner@shop.example',
    monthlyBudget: 20,
    automaticOff: 1,
    tracing: true,
    provisionedConcurrency: 1,
    domainName: 'photos.shop.example',
    certificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/abc',
    extraPolicies: ['arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess'],
  },
};
