import { isNoPhoto, type PhotoReference } from '../../function/batch/photo-reference.ts';
import { toReference } from '../../function/batch/read-s3-event.ts';
import { listObjects } from '../../function/s3/list-objects.ts';
import type { SendToS3 } from '../../function/s3/s3-client.ts';
import { CliError } from '../cli-error.ts';
import { readInventory } from './read-inventory.ts';
import { readListFile } from './read-list-file.ts';
import { readManifest } from './read-manifest.ts';
import { nameOfObject, parseS3Word } from './s3-words.ts';

/** What lists photos beside words of the line. */
export interface S3Lists {
  readonly manifest?: string | undefined;
  readonly inventory?: string | undefined;
}

/**
 * The photos below a prefix, of a manifest or of an inventory, by their names; what stands for a folder is left out, as the cloud
 * leaves it out.
 * @throws CliError where there are none
 */
export async function listS3Photos(
  words: readonly string[],
  { manifest, inventory }: S3Lists,
  send: SendToS3,
): Promise<ReadonlyMap<string, PhotoReference>> {
  const { signal } = new AbortController();
  const photos = new Map<string, PhotoReference>();
  const add = (photo: PhotoReference) => {
    if (!isNoPhoto(photo, [])) photos.set(nameOfObject(photo), photo);
  };
  for (const word of words) {
    const { bucket, key: prefix } = parseS3Word(word);
    for await (const { key, etag, sizeInBytes } of listObjects(send, { bucket, prefix, signal })) {
      add(toReference(bucket, key, { etag, size: sizeInBytes }));
    }
  }
  if (manifest !== undefined) for (const photo of await readManifest(manifest, send)) add(photo);
  if (inventory !== undefined) {
    for await (const photo of readInventory(inventory, (word) => readListFile(word, send))) add(photo);
  }
  if (photos.size === 0) {
    const where = [...words, manifest, inventory].filter((word) => word !== undefined).join(', ');
    throw new CliError(`There are no photos in ${where}.`, 'Check the bucket and the prefix.');
  }
  return photos;
}
