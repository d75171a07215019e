import { setImmediate as nextLoop } from 'node:timers/promises';
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { ServiceError } from '../invocation/service-error.ts';
import { isPhoto } from './is-photo.ts';
import type { PhotoRequest, PhotoSource } from './photo-source.ts';
import { readBareText } from './read-bare-text.ts';
import { type Field, isKnownField, maximumFields, readFields } from './read-fields.ts';
import { requireItemCount } from './require-item-count.ts';

const hint = 'Send multipart/form-data with the photo as a file part: curl -F photo=@photo.jpg …';

/** What is parsed at a time: a form over a limit costs no more than this, and other requests get their turn between. */
const sliceInBytes = 65_536;

interface FilePart {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

interface FormParts {
  readonly files: readonly FilePart[];
  /** Those that mean something here. */
  readonly fields: readonly Field[];
}

function badForm(what: string, cause?: unknown): ServiceError {
  return new ServiceError('bad_request', what, hint, { cause });
}

/**
 * The file parts of a form: one of them is one photo, several are items. A form without files may name its photo by a
 * field as a JSON body would; `top` and `explain` may be fields too, and others are ignored.
 *
 * @param contentType the whole header, since it holds the boundary
 * @throws ServiceError `bad_request` for a form that is broken, has no photo, or more than one kind of source
 */
export async function readForm(body: Uint8Array, contentType: string, maximumItems: number): Promise<PhotoRequest> {
  const { files, fields } = await readParts(body, contentType, maximumItems);
  const photos = choosePhotos(files);
  const { source, options } = readFields(fields);
  const asked = options === undefined ? {} : { options };
  const [first] = photos;
  if (first === undefined) {
    if (source === undefined) throw badForm('There is no file in the form.');
    return { kind: 'one', source, ...asked };
  }
  if (source !== undefined) {
    const named = fields.map(([name]) => `"${name}"`).join(', ');
    throw badForm(`There is more than one source of a photo: a file beside the fields ${named}.`);
  }
  if (photos.length === 1) return { kind: 'one', source: toSource(first), ...asked };
  return { kind: 'items', items: requireItemCount(photos, maximumItems).map(toItem), ...asked };
}

/**
 * Without the file fields of a browser in which nothing was chosen, which come without a name and bytes; and without the
 * JSON or text that many clients send beside a photo as a part of its own.
 */
function choosePhotos(files: readonly FilePart[]): readonly FilePart[] {
  const chosen = files.filter(({ name, bytes }) => name !== '' || bytes.length > 0);
  const photos = chosen.filter((part) => !isCompanion(part));
  return photos.length > 0 ? photos : chosen;
}

function isCompanion({ mediaType, bytes }: FilePart): boolean {
  const beginning = Buffer.from(bytes.subarray(0, 64)).toString('latin1');
  if (/^\s*[{[]/.test(beginning)) return true;
  const isText = mediaType.startsWith('text/') || /^application\/(?:.*\+)?(?:json|xml)$/.test(mediaType);
  return isText && !/^(?:\xff\xd8|\x89PNG|RIFF)/.test(beginning);
}

/** A part's bytes, or those that its text means: some clients send base64 in it. */
function toSource({ bytes }: FilePart): PhotoSource {
  const bare = isPhoto(bytes) ? undefined : readBareText(bytes);
  return bare?.kind === 'bytes' ? bare : { kind: 'bytes', bytes };
}

function toItem(part: FilePart): PhotoSource | ServiceError {
  try {
    return toSource(part);
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
}

async function readParts(body: Uint8Array, contentType: string, maximumItems: number): Promise<FormParts> {
  const form = openForm(contentType, maximumItems, body.length);
  const files: Promise<FilePart>[] = [];
  const fields: Field[] = [];
  const parsed = Promise.withResolvers<void>();
  // Nobody may be listening yet when it rejects.
  parsed.promise.catch(() => undefined);
  let isOver = false;
  const refuse = (error: unknown) => {
    isOver = true;
    parsed.reject(error);
  };
  form.on('file', (_field: string, stream: BusboyFileStream, name: string | undefined, _encoding, mediaType) => {
    const part = readPart(stream, name ?? 'photo', mediaType.toLowerCase());
    part.catch(refuse);
    files.push(part);
  });
  form.on('field', (name: string, value: string) => {
    if (isKnownField(name)) fields.push([name, value]);
  });
  for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) {
    form.on(limit, () => refuse(badForm(`The form has more than ${maximumItems} files or ${maximumFields} fields.`)));
  }
  form.on('error', refuse);
  form.on('finish', parsed.resolve);
  try {
    for (let at = 0; at < body.length && !isOver; at += sliceInBytes) {
      if (at > 0) await nextLoop();
      form.write(body.subarray(at, at + sliceInBytes));
    }
    if (!isOver) form.end();
    await parsed.promise;
    return { files: await Promise.all(files), fields };
  } catch (error) {
    throw error instanceof ServiceError ? error : badForm('The form is not readable multipart/form-data.', error);
  }
}

function openForm(contentType: string, maximumItems: number, sizeInBytes: number): BusboyInstance {
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      // The body is in memory already; with less, a long part that is skipped would wait for a reader for ever.
      fileHwm: sizeInBytes + 1,
      limits: {
        files: maximumItems,
        fields: maximumFields,
        parts: maximumItems + maximumFields,
        headerPairs: 64,
        // A photo may come in a field as base64.
        fieldSize: sizeInBytes,
      },
      isPartAFile: (_field, partType, fileName) =>
        fileName !== undefined || partType === 'application/octet-stream' || (partType ?? '').startsWith('image/'),
    });
  } catch (error) {
    const ownWords = 'Leave the header content-type to the client, which knows the boundary.';
    throw new ServiceError('bad_request', 'The content type of the form lacks its boundary.', ownWords, {
      cause: error,
    });
  }
}

async function readPart(stream: BusboyFileStream, name: string, mediaType: string): Promise<FilePart> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return { name, mediaType, bytes: Buffer.concat(chunks) };
}
