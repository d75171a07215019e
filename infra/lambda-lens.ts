import { resolve } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import { usualConcurrencyQuota } from '../facts/lambda.ts';
import { AutomaticOff } from './automatic-off.ts';
import { type BulkOutputs, BulkWork } from './bulk/bulk-work.ts';
import { KeptBucket } from './bulk/kept-bucket.ts';
import { printPlace } from './bulk/s3-place.ts';
import { UploadBucket } from './bulk/upload-bucket.ts';
import { exampleCall } from './example-call.ts';
import { FunctionUrl } from './function-url.ts';
import { HttpApi } from './http-api.ts';
import { Monitoring } from './monitoring.ts';
import { MonthlyBudget } from './monthly-budget.ts';
import { readDeployedModel } from './read-deployed-model.ts';
import { resourceTags } from './resource-tags.ts';
import { ServiceFunction } from './service-function.ts';
import { ServiceImage } from './service-image.ts';
import { completeSettings, type SettingInputs } from './settings.ts';
import { worstMonthlyBill } from './worst-monthly-bill.ts';

/**
 * Every setting may be left out, or be undefined, for its default. One that another resource puts out may be given as it
 * is, but for those that decide which resources there are.
 */
type SettingArgs = { readonly [Name in keyof SettingInputs]?: SettingInputs[Name] | undefined };

export interface LambdaLensArgs extends SettingArgs {
  /** Where the Docker context is staged; `dist` of the Pulumi program unless given. */
  readonly stagingDirectory?: string;
}

/**
 * The whole service: image, function, doors, watch. Each property is an output of the stack.
 * @throws RunError naming every bad setting, or what is wrong with the model, before any resource exists.
 */
export class LambdaLens extends pulumi.ComponentResource {
  readonly functionName: pulumi.Output<string>;
  readonly logGroup: pulumi.Output<string>;
  /** Ends with a slash; undefined where the door is closed. */
  readonly functionUrl: pulumi.Output<string> | undefined;
  readonly apiUrl: pulumi.Output<string> | undefined;
  /** What the CNAME of `domainName` points to. */
  readonly domainTarget: pulumi.Output<string> | undefined;
  /** A line ready to paste. */
  readonly curl: pulumi.Output<string>;
  readonly repositoryUrl: pulumi.Output<string>;
  readonly imageUri: pulumi.Output<string>;
  /** Undefined for a prebuilt image, which `GET /health` asks. */
  readonly modelVersion: string | undefined;
  /** Where photos by the million go in and results come out; undefined where neither `stream` nor `bulk` is on. */
  readonly bulk: BulkOutputs | undefined;
  /** The bucket of the photos that are kept for labelling; undefined where none are. */
  readonly kept: pulumi.Output<string> | undefined;

  constructor(name: string, args: LambdaLensArgs = {}, options?: pulumi.ComponentResourceOptions) {
    const settings = completeSettings(args);
    // A prebuilt image brings its own.
    const model = settings.imageUri === undefined ? readDeployedModel(settings.modelDirectory) : undefined;
    super('lambda-lens:infra:LambdaLens', name, {}, options);
    const parent = { parent: this };
    const tags = resourceTags(name, settings.tags, parent);

    // image: built from the sources, or one that was built before
    const stagingDirectory = args.stagingDirectory ?? resolve('dist');
    const image = new ServiceImage(name, { ...settings, stagingDirectory, tags }, parent);

    // function: what runs it, behind the alias `live`
    const { imageUri } = image;
    const description = model?.description ?? describeImage(imageUri);
    const uploads = settings.uploads ? new UploadBucket(`${name}-uploads`, { tags }, parent) : undefined;
    const isInBulk = settings.stream || settings.bulk;
    const isKept = settings.keepUnsure === 'on' || (settings.keepUnsure === 'batches' && isInBulk);
    const kept = isKept ? new KeptBucket(`${name}-kept`, { settings, tags }, parent) : undefined;
    const storage = [
      ...(uploads ? [uploads.storage] : []),
      ...(kept && settings.keepUnsure === 'on' ? [kept.storage] : []),
    ];
    const service = new ServiceFunction(name, { settings, imageUri, description, storage, tags }, parent);

    // doors: the function's own URL, and the API with a throttle
    const { alias } = service;
    const isPublic = settings.functionUrl === 'public';
    const functionUrl = settings.functionUrl === 'off' ? undefined : new FunctionUrl(name, { alias, isPublic }, parent);
    const httpApi = settings.httpApi ? new HttpApi(`${name}-api`, { alias, settings, tags }, parent) : undefined;

    // watch: alarms, whom they tell, a dashboard
    const { name: functionName, logGroup } = service;
    const monitoring = settings.monitoring
      ? new Monitoring(name, { settings, functionName, logGroup, tags }, parent)
      : undefined;

    // photos by the million: a queue of what arrives, a run over what is there, and the function of both
    const alarmTopic = monitoring?.topic;
    this.bulk = isInBulk
      ? new BulkWork(name, { settings, imageUri, description, alarmTopic, kept: kept?.place, tags }, parent).outputs
      : undefined;
    this.kept = kept && printPlace(kept.place);

    // bounds: what a month may cost before somebody is told, and an hour before the function is turned off
    const { alarmEmail: email, monthlyBudget, automaticOff } = settings;
    if (monthlyBudget !== undefined && email !== undefined) {
      new MonthlyBudget(name, { dollars: monthlyBudget, email, tags }, parent);
    }
    if (automaticOff !== undefined) {
      new AutomaticOff(`${name}-off`, { service, dollarsAnHour: automaticOff, settings, tags }, parent);
    }
    if (isPublic) warnOfBill(settings, this);
    if (pulumi.runtime.isDryRun()) tellOfClosedDoors(settings, this);

    this.functionName = service.name;
    this.logGroup = service.logGroup;
    this.functionUrl = functionUrl?.url;
    this.apiUrl = httpApi?.url;
    this.domainTarget = httpApi?.domainTarget;
    this.curl = pulumi
      .all([this.functionName, this.apiUrl, this.functionUrl])
      .apply(([functionName, apiUrl, url]) =>
        exampleCall({ functionName, apiUrl, functionUrl: url, isFunctionUrlPublic: isPublic }),
      );
    this.repositoryUrl = image.repositoryUrl;
    this.imageUri = image.imageUri;
    this.modelVersion = model?.version;
    this.registerOutputs({ functionName: this.functionName });
  }
}

function describeImage(imageUri: pulumi.Output<string>): pulumi.Output<string> {
  return imageUri.apply((uri) => `prebuilt image ${uri.replace(/^[^/]+\//, '').replace(/(sha256:.{12}).*/, '$1')}`);
}

function warnOfBill(settings: SettingInputs, resource: pulumi.Resource): void {
  const { architecture, memoryInMb, maximumConcurrency } = settings;
  pulumi.all([architecture, memoryInMb, maximumConcurrency]).apply(([architecture, memoryInMb, limit]) => {
    if (limit !== undefined) return;
    const dollars = (concurrency: number) =>
      `$${worstMonthlyBill({ architecture, memoryInMb }, concurrency).toLocaleString('en-US')}`;
    pulumi.log.warn(
      'The function URL is public and has no throttle. Kept busy by someone else, it costs up to ' +
        `${dollars(1)} a month for each instance that the account lets run at a time: ${dollars(usualConcurrencyQuota)} at the usual ` +
        `quota of ${usualConcurrencyQuota}. Set maximumConcurrency, or set functionUrl to iam or off and use the HTTP API.`,
      resource,
    );
  });
}

/** A preview shows what is deleted, not that it never comes back. */
function tellOfClosedDoors({ functionUrl, httpApi }: SettingInputs, resource: pulumi.Resource): void {
  const closed = [...(functionUrl === 'off' ? ['functionUrl'] : []), ...(httpApi ? [] : ['httpApi'])];
  if (closed.length === 0) return;
  pulumi.log.info(
    `${closed.join(' and ')} off: where it was on, its address is gone for good, and turning it on again gives another one. ` +
      'To stop calls and keep addresses, run "lambda-lens off".',
    resource,
  );
}
