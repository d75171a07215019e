import * as pulumi from '@pulumi/pulumi';
import type { Statement } from '../policy-text.ts';
import { useOfKeys } from '../rights/keys-of-buckets.ts';

/** The use of these keys; nothing where there are none. */
export function keyRights(keys: pulumi.Input<readonly pulumi.Input<string>[]>): pulumi.Output<Statement[]> {
  return pulumi.output(keys).apply((arns): Statement[] => (arns.length === 0 ? [] : [useOfKeys(arns)]));
}
