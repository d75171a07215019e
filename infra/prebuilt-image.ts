import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';

interface ImageAddress {
  readonly account: string;
  readonly region: string;
  readonly repository: string;
  /** Undefined where the address names a digest. */
  readonly tag: string | undefined;
}

/**
 * An image in Amazon ECR as Lambda takes it: by digest, in the function's own region. For one of another account the
 * policy that its repository needs is printed.
 * @returns the image by digest; it fails, naming the setting, for an image in another region or a tag that is not there
 */
export function resolvePrebuiltImage(
  uri: pulumi.Input<string>,
  options: pulumi.InvokeOutputOptions,
): pulumi.Output<string> {
  const { region } = aws.getRegionOutput({}, options);
  const { accountId } = aws.getCallerIdentityOutput({}, options);
  return pulumi.all([uri, region, accountId]).apply(([imageUri, region, account]) => {
    const address = parseAddress(imageUri);
    requireRegion(imageUri, region);
    if (address.account !== account) tellOfForeignRepository(address, account);
    if (address.tag === undefined) return pulumi.output(imageUri);
    const { account: registryId, repository: repositoryName, tag: imageTag } = address;
    const found = aws.ecr.getImageOutput({ registryId, repositoryName, imageTag }, options);
    return found.imageDigest.apply((digest) => imageUri.replace(/:[^:/]+$/, `@${digest}`));
  });
}

/** @throws RunError naming the setting */
export function requireRegion(imageUri: string, region: string): void {
  if (parseAddress(imageUri).region === region) return;
  throw new pulumi.RunError(
    `imageUri is ${imageUri}; it must be in ${region}, where the function is: Lambda takes no image of another region.`,
  );
}

/** @param imageUri as the setting allows it */
function parseAddress(imageUri: string): ImageAddress {
  const [, account = '', region = '', repository = '', tag] =
    /^(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z\d-]+)\.amazonaws\.com(?:\.cn)?\/([\w./-]+?)(?:@sha256:[\da-f]{64}|:([\w.-]+))$/.exec(
      imageUri,
    ) ?? [];
  return { account, region, repository, tag };
}

/**
 * What the repository of another account must allow, as JSON: that account to pull, and Lambda to do so again for its
 * functions, when an idle one wakes up.
 * https://docs.aws.amazon.com/lambda/latest/dg/images-create.html (Amazon ECR cross-account permissions)
 */
export function policyForOtherAccount(account: string, region: string): string {
  const pull = { Effect: 'Allow', Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'] };
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Sid: 'LetTheAccountPull', ...pull, Principal: { AWS: `arn:aws:iam::${account}:root` } },
      {
        Sid: 'LetLambdaPull',
        ...pull,
        Principal: { Service: 'lambda.amazonaws.com' },
        Condition: { StringLike: { 'aws:sourceArn': `arn:aws:lambda:${region}:${account}:function:*` } },
      },
    ],
  });
}

function tellOfForeignRepository({ account: owner, region, repository }: ImageAddress, account: string): void {
  pulumi.log.info(
    `imageUri is in the account ${owner}. Its repository ${repository} must let this account and Lambda pull, by this policy ` +
      `(aws ecr set-repository-policy): ${policyForOtherAccount(account, region)}`,
  );
}
