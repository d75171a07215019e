import { join, relative } from 'node:path';
import * as awsx from '@pulumi/awsx';
import * as pulumi from '@pulumi/pulumi';
import type { Settings } from './settings.ts';
import { stageContext } from './stage-context.ts';

/** How far back a roll-back can go, the image in service included. */
export const imagesKept = 10;

const platforms = { arm64: 'linux/arm64', x86_64: 'linux/amd64' } as const;

export interface ServiceImageArgs extends Pick<Settings, 'architecture' | 'modelDirectory'> {
  /** An absolute path. */
  readonly stagingDirectory: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The container image, built from the staged bundle by Pulumi's embedded builder, and the repository that holds it. */
export class ServiceImage extends pulumi.ComponentResource {
  /** By digest. */
  readonly imageUri: pulumi.Output<string>;
  readonly repositoryUrl: pulumi.Output<string>;

  constructor(name: string, args: ServiceImageArgs, options?: pulumi.ComponentResourceOptions) {
    super('lambda-lens:infra:ServiceImage', name, {}, options);
    const parent = { parent: this };

    // Tags move, digests are deployed. Every tag status counts: an image that lost its tag is a roll-back too.
    const repository = new awsx.ecr.Repository(
      name,
      {
        imageScanningConfiguration: { scanOnPush: true },
        imageTagMutability: 'MUTABLE',
        lifecyclePolicy: {
          rules: [{ description: `keep the last ${imagesKept}`, tagStatus: 'any', maximumNumberOfImages: imagesKept }],
        },
        // `pulumi destroy` takes the images along: they can be built again.
        forceDelete: true,
        tags: { ...args.tags },
      },
      parent,
    );

    // One platform, no index: Lambda takes nothing else. Paths relative to the program: an absolute one would tell
    // checkouts apart.
    const image = new awsx.ecr.Image(
      name,
      {
        repositoryUrl: repository.url,
        context: pulumi.output(stageContext(args)).apply((directory) => relative(process.cwd(), directory)),
        dockerfile: relative(process.cwd(), join(import.meta.dirname, '..', 'function', 'Dockerfile')),
        platform: platforms[args.architecture],
      },
      parent,
    );

    this.imageUri = image.imageUri;
    this.repositoryUrl = repository.url;
    this.registerOutputs({ imageUri: this.imageUri, repositoryUrl: this.repositoryUrl });
  }
}
