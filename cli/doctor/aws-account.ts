import type { ECR as EcrClient } from '@aws-sdk/client-ecr';
import type { Lambda as LambdaClient } from '@aws-sdk/client-lambda';
import type { STS as StsClient } from '@aws-sdk/client-sts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface DeployedFunction {
  readonly state: string;
  readonly lastUpdate: string;
  readonly reason: string | undefined;
  readonly architecture: string;
  readonly memoryInMb: number;
  /** By digest. */
  readonly imageUri: string | undefined;
}

export interface AccountConcurrency {
  /** Instances of all functions at a time. */
  readonly quota: number;
  /** What is left of it once each reservation is taken away. */
  readonly unreserved: number;
}

/** All that the checks ask of AWS. Each call rejects with the SDK's error. */
export interface AwsAccount {
  readonly region: string;
  /** The ARN of whom the credentials belong to. */
  getIdentity(): Promise<string>;
  getCredentials(): Promise<Credentials>;
  getConcurrency(): Promise<AccountConcurrency>;
  /** What is reserved for a function: 0 is off, undefined is without a limit of its own. */
  getReservedConcurrency(name: string): Promise<number | undefined>;
  getFunction(name: string): Promise<DeployedFunction>;
  /** The function's own URL and how its callers prove themselves, `NONE` or `AWS_IAM`; undefined where it has none. */
  getFunctionUrl(name: string): Promise<{ readonly url: string; readonly authorization: string } | undefined>;
  /** The resource policy of the alias as JSON; undefined where it has none. */
  getPolicy(name: string): Promise<string | undefined>;
  invoke(name: string, event: object): Promise<{ readonly isError: boolean; readonly payload: string }>;
  getManifest(repository: string, digest: string): Promise<string>;
  /** A blob of an image, such as its config. */
  getBlob(repository: string, digest: string): Promise<string>;
}

/** The alias that every door names. */
const alias = 'live';

const manifestTypes = [
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
];

/** Through the SDK's small clients, with the credentials that the Pulumi and AWS command lines use too. */
export async function connectAws(region: string, profile: string | undefined): Promise<AwsAccount> {
  const [{ Lambda }, { ECR }, { STS }] = await Promise.all([
    import('@aws-sdk/client-lambda'),
    import('@aws-sdk/client-ecr'),
    import('@aws-sdk/client-sts'),
  ]);
  const options = { region, maxAttempts: 2, ...(profile !== undefined && { profile }) };
  return accountOf(region, { lambda: new Lambda(options), ecr: new ECR(options), sts: new STS(options) });
}

export interface AwsClients {
  readonly lambda: LambdaClient;
  readonly ecr: EcrClient;
  readonly sts: StsClient;
}

/** What the checks ask, by these clients. */
export function accountOf(region: string, { lambda, ecr, sts }: AwsClients): AwsAccount {
  return {
    region,
    getIdentity: async () => (await sts.getCallerIdentity()).Arn ?? '',
    getCredentials: () => lambda.config.credentials(),
    async getConcurrency() {
      const { ConcurrentExecutions: quota = 0, UnreservedConcurrentExecutions: unreserved = quota } =
        (await lambda.getAccountSettings()).AccountLimit ?? {};
      return { quota, unreserved };
    },
    getReservedConcurrency: async (name) =>
      (await lambda.getFunctionConcurrency({ FunctionName: name })).ReservedConcurrentExecutions,
    getFunction: (name) => getFunction(lambda, name),
    async getFunctionUrl(name) {
      const request = lambda.getFunctionUrlConfig({ FunctionName: name, Qualifier: alias });
      const found = await request.catch(ignoreMissing);
      return found && { url: found.FunctionUrl ?? '', authorization: found.AuthType ?? '' };
    },
    async getPolicy(name) {
      const request = lambda.getPolicy({ FunctionName: name, Qualifier: alias });
      return (await request.catch(ignoreMissing))?.Policy;
    },
    async invoke(name, event) {
      const { FunctionError: functionError, Payload: payload } = await lambda.invoke({
        FunctionName: name,
        Qualifier: alias,
        Payload: Buffer.from(JSON.stringify(event)),
      });
      return { isError: functionError !== undefined, payload: Buffer.from(payload ?? []).toString() };
    },
    async getManifest(repository, digest) {
      const request = { repositoryName: repository, imageIds: [{ imageDigest: digest }] };
      const { images, failures } = await ecr.batchGetImage({ ...request, acceptedMediaTypes: manifestTypes });
      const manifest = images?.[0]?.imageManifest;
      if (manifest === undefined) throw new Error(failures?.[0]?.failureReason ?? `There is no image ${digest}.`);
      return manifest;
    },
    async getBlob(repository, digest) {
      const { downloadUrl } = await ecr.getDownloadUrlForLayer({ repositoryName: repository, layerDigest: digest });
      const response = await fetch(downloadUrl ?? '');
      if (!response.ok) throw new Error(`The download of ${digest} answers ${response.status}.`);
      return response.text();
    },
  };
}

async function getFunction(lambda: LambdaClient, name: string): Promise<DeployedFunction> {
  const { Configuration: facts, Code: code } = await lambda.getFunction({ FunctionName: name, Qualifier: alias });
  return {
    state: facts?.State ?? '',
    lastUpdate: facts?.LastUpdateStatus ?? '',
    reason: facts?.StateReason ?? facts?.LastUpdateStatusReason,
    architecture: facts?.Architectures?.[0] ?? '',
    memoryInMb: facts?.MemorySize ?? 0,
    imageUri: code?.ResolvedImageUri ?? code?.ImageUri,
  };
}

function ignoreMissing(error: Error): undefined {
  if (error.name !== 'ResourceNotFoundException') throw error;
}
