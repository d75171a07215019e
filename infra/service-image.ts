import { createHash } from 'node:crypto';
import { join, relative } from 'node:path';
import * as aws from '@pulumi/aws';
import * as awsx from '@pulumi/awsx';
import * as dockerBuild from '@pulumi/docker-build';
import * as pulumi from '@pulumi/pulumi';
import { resolvePrebuiltImage } from './prebuilt-image.ts';
import type { Tags } from './resource-tags.ts';
import type { SettingInputs } from './settings.ts';
import { stageContext } from './stage-context.ts';

/** How far back a roll-back can go, the image in service included. */
export const imagesKept = 10;
/** The tag by which `lambda-lens rollback` keeps the image that it goes back to, however many come after. */
export const tagOfKeptImage = 'live';

const platforms = { arm64: 'linux/arm64', x86_64: 'linux/amd64' } as const;
const dockerfile = join(import.meta.dirname, '..', 'function', 'Dockerfile');

export interface ServiceImageArgs
  extends Pick<SettingInputs, 'architecture' | 'modelDirectory' | 'imageUri' | 'repository' | 'retainImages'> {
  /** An absolute path. */
  readonly stagingDirectory: string;
  readonly tags: Tags;
}

/**
 * The container image and a repository: built from the staged bundle by Pulumi's embedded builder, or one that exists. The
 * repository is there in all cases, so that going over to `imageUri` or another repository, and back, deletes nothing; empty, it
 * costs nothing.
 */
export class ServiceImage extends pulumi.ComponentResource {
  /** By digest. */
  readonly imageUri: pulumi.Output<string>;
  readonly repositoryUrl: pulumi.Output<string>;

  constructor(name: string, args: ServiceImageArgs, options?: pulumi.ComponentResourceOptions) {
    super('lambda-lens:infra:ServiceImage', name, {}, options);
    const parent = { parent: this };

    const own = this.makeRepository(name, args);
    this.repositoryUrl =
      args.repository === undefined
        ? own
        : aws.ecr.getRepositoryOutput({ name: args.repository }, parent).repositoryUrl;
    this.imageUri =
      args.imageUri === undefined
        ? this.build(name, args, this.repositoryUrl)
        : resolvePrebuiltImage(args.imageUri, { parent: this });
    this.registerOutputs({ imageUri: this.imageUri, repositoryUrl: this.repositoryUrl });
  }

  private makeRepository(name: string, args: ServiceImageArgs): pulumi.Output<string> {
    // Tags move, digests are deployed. Every tag status counts: an image that lost its tag is a roll-back too. What a rule
    // of higher priority selects, no later one expires: the image of a version that was gone back to stays.
    const repository = new awsx.ecr.Repository(
      name,
      {
        // ECR's basic scan knows images by their operating system, and this one has none.
        imageScanningConfiguration: { scanOnPush: false },
        imageTagMutability: 'MUTABLE',
        lifecyclePolicy: {
          rules: [
            {
              description: 'keep what was rolled back to',
              tagStatus: 'tagged',
              tagPrefixList: [tagOfKeptImage],
              maximumNumberOfImages: 1,
            },
            { description: `keep the last ${imagesKept}`, tagStatus: 'any', maximumNumberOfImages: imagesKept },
          ],
        },
        // `pulumi destroy` takes the images along, unless told otherwise: they can be built again.
        forceDelete: !args.retainImages,
        tags: args.tags,
      },
      { parent: this, ...(args.retainImages && { transforms: [retain] }) },
    );
    return repository.url;
  }

  // One platform, no index: Lambda takes nothing else. Paths relative to the program: an absolute one would tell checkouts
  // apart.
  private build(name: string, args: ServiceImageArgs, repositoryUrl: pulumi.Output<string>): pulumi.Output<string> {
    const staged = stageContext(args.modelDirectory, args.stagingDirectory, name);
    const context = relative(process.cwd(), staged.directory) || '.';
    const location = relative(process.cwd(), dockerfile);
    const tag = tagOfBuild(context, location);
    const reference = pulumi.interpolate`${repositoryUrl}:${tag}`;
    const registryId = repositoryUrl.apply((url) => url.split('.')[0] ?? '');
    const login = aws.ecr.getAuthorizationTokenOutput({ registryId }, { parent: this });

    const image = new dockerBuild.Image(
      name,
      {
        tags: [reference],
        context: { location: staged.finished.then(() => context) },
        dockerfile: { location },
        platforms: [pulumi.output(args.architecture).apply((architecture) => platforms[architecture])],
        cacheFrom: [{ registry: { ref: reference } }],
        cacheTo: [{ inline: {} }],
        push: true,
        registries: [
          { address: login.proxyEndpoint, username: login.userName, password: pulumi.secret(login.password) },
        ],
      },
      {
        parent: this,
        // A version that is live, or may be again, names the image: only the repository takes it along.
        retainOnDelete: true,
        // Where the image was a child of awsx's component, as it was at first, that one is taken over as it is.
        aliases: [
          pulumi.createUrn(tag, 'docker-build:index:Image', pulumi.createUrn(name, 'awsx:ecr:Image', this.urn)),
        ],
      },
    );
    return pulumi.interpolate`${repositoryUrl}@${image.digest}`;
  }
}

/** The repository lies inside awsx's component, which hands no such option down. */
const retain: pulumi.ResourceTransform = ({ props, opts }) => ({ props, opts: { ...opts, retainOnDelete: true } });

/** The tag that awsx gives an image by default; another one would build anew what is deployed. */
function tagOfBuild(context: string, dockerfileLocation: string): string {
  const text = `${context};dockerfile=${dockerfileLocation}${pulumi.getStack()}`;
  return `${createHash('sha1').update(text).digest('hex').slice(0, 8)}-container`;
}
