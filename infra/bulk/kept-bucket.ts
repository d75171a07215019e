import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { keepSettings } from '../../facts/keep-settings.ts';
import { variableOf } from '../../facts/setting.ts';
import type { Tags } from '../resource-tags.ts';
import type { FunctionStorage } from '../service-function.ts';
import type { SettingInputs } from '../settings.ts';
import { PrivateBucket } from './private-bucket.ts';
import { objectsArn, printPlace, type S3Place } from './s3-place.ts';

export interface KeptBucketArgs {
  readonly settings: SettingInputs;
  readonly tags: Tags;
}

/** Where photos lie that the model was unsure of, with their answers, until they expire. */
export class KeptBucket extends pulumi.ComponentResource {
  readonly place: S3Place;
  /** For the function of the doors. */
  readonly storage: FunctionStorage;

  constructor(name: string, { settings, tags }: KeptBucketArgs, options?: pulumi.ComponentResourceOptions) {
    super('lambda-lens:infra:KeptBucket', name, {}, options);
    const parent = { parent: this };
    const { bucket } = new PrivateBucket(name, { expiresInDays: settings.keepForDays, tags }, parent);
    this.place = { bucket, prefix: '' };
    const { partition } = aws.getPartitionOutput({}, parent);
    this.storage = {
      name: 'keep',
      variables: keptVariables(settings, this.place),
      rights: objectsArn(partition, this.place, 'kept/').apply((Resource) => [{ Action: 's3:PutObject', Resource }]),
    };
    this.registerOutputs({ bucket });
  }
}

/** What has a function keep photos there. */
export function keptVariables(settings: SettingInputs, place: S3Place): Record<string, pulumi.Output<string>> {
  const named = (name: keyof typeof keepSettings) => variableOf(name);
  return {
    [named('keepBucket')]: printPlace(place),
    [named('keepUnsureShare')]: pulumi.output(settings.keepUnsureShare).apply(String),
    [named('keepRandomShare')]: pulumi.output(settings.keepRandomShare).apply(String),
  };
}
