import type { AwsAccount } from './aws-account.ts';
import { failed, type Outcome, ok, skipped } from './outcome.ts';

const ociNames: Readonly<Record<string, string>> = { arm64: 'arm64', x86_64: 'amd64' };

/**
 * Whether the image is a single one, which is all that Lambda takes, and for the function's processor, which Lambda
 * would find out at the first call only.
 * @param imageUri by digest, as Lambda resolves it
 */
export async function checkImage(
  aws: Pick<AwsAccount, 'getManifest' | 'getBlob'>,
  imageUri: string,
  architecture: string,
): Promise<Outcome> {
  const [, repository = '', digest = ''] = /^[^/]+\/([^@:]+)@(sha256:[\da-f]{64})$/.exec(imageUri) ?? [];
  if (digest === '') {
    return failed(`${imageUri} is no image by digest, so what runs may change.`, 'Run "npm run deploy" again.');
  }
  const manifest: { manifests?: readonly unknown[]; config?: { digest?: string } } = JSON.parse(
    await aws.getManifest(repository, digest),
  );
  if (manifest.config?.digest === undefined) {
    return failed(
      `The manifest is an index of ${manifest.manifests?.length ?? 0} images, which Lambda refuses.`,
      'Build for one platform without attestations (BUILDX_NO_DEFAULT_ATTESTATIONS=1), or leave imageUri out.',
    );
  }
  const text = await aws.getBlob(repository, manifest.config.digest).catch((error: Error) => error);
  if (text instanceof Error) return skipped(`one image, but what it is made for cannot be read: ${text.message}`);
  const config: { architecture?: string; os?: string } = JSON.parse(text);
  const platform = `${config.os}/${config.architecture}`;
  if (platform === `linux/${ociNames[architecture]}`) return ok(`one image, ${platform}, ${digest.slice(7, 19)}`);
  return failed(
    `The image is for ${platform}, the function for ${architecture}.`,
    `Build it for linux/${ociNames[architecture]}, or set architecture to fit: pulumi config set architecture.`,
  );
}
