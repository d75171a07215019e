import { join, resolve } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import { LambdaLens as Service, type LambdaLensArgs as Settings } from 'lambda-lens/pulumi';
import type { LambdaLensArgs } from './args';

/** An image classifier behind HTTPS on AWS Lambda: image, function and doors. */
export class LambdaLens extends pulumi.ComponentResource {
  /** The function's own URL, with a slash at its end, where that door is open. */
  readonly functionUrl?: pulumi.Output<string>;
  /** The HTTP API's URL, with a slash at its end, where that door is open. */
  readonly apiUrl?: pulumi.Output<string>;
  /** A line to paste that sends photo.jpg. */
  readonly curl: pulumi.Output<string>;
  readonly functionName: pulumi.Output<string>;
  readonly repositoryUrl: pulumi.Output<string>;
  /** By digest. */
  readonly imageUri: pulumi.Output<string>;
  /** What `GET /health` says; not known of a prebuilt image. */
  readonly modelVersion?: pulumi.Output<string>;

  constructor(name: string, args: LambdaLensArgs, options?: pulumi.ComponentResourceOptions) {
    super('lambda-lens:index:LambdaLens', name, args, options);
    // Beside this file, whatever program uses it: a folder named dist of that program may be another tool's.
    const stagingDirectory = join(__dirname, 'dist', `${pulumi.getProject()}.${pulumi.getStack()}.${name}`);
    const modelDirectory = args.modelDirectory && resolve(args.modelDirectory);
    // A schema has no unions of texts: the stack refuses a text that is none of its own, and says which are.
    const settings = { ...args, modelDirectory, stagingDirectory } as Settings;
    const service = new Service(name, settings, { parent: this });
    this.functionUrl = service.functionUrl;
    this.apiUrl = service.apiUrl;
    this.curl = service.curl;
    this.functionName = service.functionName;
    this.repositoryUrl = service.repositoryUrl;
    this.imageUri = service.imageUri;
    this.modelVersion = service.modelVersion === undefined ? undefined : pulumi.output(service.modelVersion);
    this.registerOutputs();
  }
}
