import * as pulumi from '@pulumi/pulumi';

/** A bucket, and what every key in question begins with; '' for all of it. */
export interface S3Place {
  readonly bucket: pulumi.Output<string>;
  readonly prefix: string;
}

/** Reads `bucket` or `bucket/prefix`. A prefix is any beginning of a key, as S3 and IAM have it. */
export function readPlace(text: string): S3Place {
  const slash = text.indexOf('/');
  if (slash < 0) return { bucket: pulumi.output(text), prefix: '' };
  return { bucket: pulumi.output(text.slice(0, slash)), prefix: text.slice(slash + 1) };
}

/** `bucket` or `bucket/prefix` again. */
export function printPlace({ bucket, prefix }: S3Place): pulumi.Output<string> {
  return bucket.apply((name) => (prefix === '' ? name : `${name}/${prefix}`));
}

export function bucketArn(partition: pulumi.Input<string>, { bucket }: S3Place): pulumi.Output<string> {
  return pulumi.interpolate`arn:${partition}:s3:::${bucket}`;
}

/** Of the objects whose key begins with the prefix and then with `below`. */
export function objectsArn(partition: pulumi.Input<string>, place: S3Place, below = ''): pulumi.Output<string> {
  return pulumi.interpolate`${bucketArn(partition, place)}/${place.prefix}${below}*`;
}
