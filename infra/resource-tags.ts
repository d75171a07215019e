import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';

export type Tags = pulumi.Input<Record<string, string>>;

/**
 * What everything of a service is tagged with: project, stack, service, and what the setting adds. A tag that the AWS
 * provider's `defaultTags` have goes before both, as it is for the whole account or company.
 */
export function resourceTags(
  name: string,
  more: pulumi.Input<Readonly<Record<string, string>>>,
  options: pulumi.InvokeOutputOptions,
): pulumi.Output<Record<string, string>> {
  const own = { project: pulumi.getProject(), stack: pulumi.getStack(), service: name };
  return pulumi.all([more, aws.getDefaultTagsOutput({}, options).tags]).apply(([added, byDefault]) => {
    const tags = Object.entries({ ...own, ...added });
    return Object.fromEntries(tags.filter(([tag]) => !Object.hasOwn(byDefault ?? {}, tag)));
  });
}
