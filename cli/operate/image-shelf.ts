import { type AwsConnection, connectionOptions } from './aws-connection.ts';

/** The images of one repository, as far as a roll-back needs them. */
export interface ImageShelf {
  /** Which of these digests are no longer there. */
  findMissing(digests: readonly string[]): Promise<ReadonlySet<string>>;
  /** Gives the image a tag, which it takes from whichever had it. */
  tag(digest: string, tag: string): Promise<void>;
}

/** The tag that the repository's lifecycle policy never cleans away, as the stack sets it. */
export const keepTag = 'live';

/** A registry answers for at most so many images at a time. */
const imagesAtATime = 100;

/** @param repository its name, without the registry's host */
export async function openImageShelf(connection: AwsConnection, repository: string): Promise<ImageShelf> {
  const { ECR } = await import('@aws-sdk/client-ecr');
  const ecr = new ECR(connectionOptions(connection));
  const repositoryName = repository;
  return {
    async findMissing(digests) {
      const imageIds = [...new Set(digests)].slice(0, imagesAtATime).map((imageDigest) => ({ imageDigest }));
      if (imageIds.length === 0) return new Set();
      const { failures = [] } = await ecr.batchGetImage({ repositoryName, imageIds });
      return new Set(failures.map(({ imageId }) => imageId?.imageDigest ?? ''));
    },
    async tag(digest, imageTag) {
      const { images } = await ecr.batchGetImage({ repositoryName, imageIds: [{ imageDigest: digest }] });
      const image = images?.[0];
      if (image?.imageManifest === undefined) throw new Error(`The repository ${repository} has no image ${digest}.`);
      const { imageManifest, imageManifestMediaType } = image;
      try {
        await ecr.putImage({
          repositoryName,
          imageManifest,
          imageTag,
          ...(imageManifestMediaType !== undefined && { imageManifestMediaType }),
        });
      } catch (error) {
        // It has the tag already.
        if (!(error instanceof Error) || error.name !== 'ImageAlreadyExistsException') throw error;
      }
    },
  };
}

/** The parts of an image's address by digest; undefined where it is none. */
export function parseImageUri(
  imageUri: string | undefined,
): { readonly repository: string; readonly digest: string } | undefined {
  const [, repository, digest] = /^[^/]+\/([^@:]+)@(sha256:[\da-f]{64})$/.exec(imageUri ?? '') ?? [];
  return repository === undefined || digest === undefined ? undefined : { repository, digest };
}
