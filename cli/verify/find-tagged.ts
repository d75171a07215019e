import type { AwsAccount } from '../doctor/aws-account.ts';

interface Page {
  readonly ResourceTagMappingList?: readonly { readonly ResourceARN?: string }[];
  readonly PaginationToken?: string;
}

/**
 * Asks AWS's index of tags for what belongs to a stack. It may lag behind, and not every service is in it.
 * https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/overview.html
 * @param endpoint where it answers: AWS's own, or a stand-in's
 * @returns ARNs
 */
export async function findTagged(
  aws: Pick<AwsAccount, 'region' | 'getCredentials'>,
  tags: Readonly<Record<string, string>>,
  endpoint = process.env.AWS_ENDPOINT_URL ?? `https://tagging.${aws.region}.amazonaws.com`,
): Promise<readonly string[]> {
  const { AwsClient } = await import('aws4fetch');
  const client = new AwsClient({ ...(await aws.getCredentials()), service: 'tagging', region: aws.region, retries: 2 });
  const filters = Object.entries(tags).map(([Key, value]) => ({ Key, Values: [value] }));
  const found: string[] = [];
  let token = '';
  do {
    const response = await client.fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'ResourceGroupsTaggingAPI_20170126.GetResources',
      },
      body: JSON.stringify({ TagFilters: filters, ...(token && { PaginationToken: token }) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`The index of tags answers ${response.status}: ${text.slice(0, 300)}`);
    const page: Page = JSON.parse(text);
    found.push(...(page.ResourceTagMappingList ?? []).map(({ ResourceARN: arn = '' }) => arn));
    token = page.PaginationToken ?? '';
  } while (token !== '');
  return found;
}
