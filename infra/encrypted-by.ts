import type * as pulumi from '@pulumi/pulumi';

/** The key of a log group, where the owner has named one. */
export function encryptedBy(key: pulumi.Input<string> | undefined): { readonly kmsKeyId?: pulumi.Input<string> } {
  return key === undefined ? {} : { kmsKeyId: key };
}
