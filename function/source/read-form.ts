import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { ServiceError } from '../invocation/service-error.ts';
import type { PhotoRequest } from './photo-source.ts';
import { requireItemCount } from './read-json.ts';

const hint = 'Send multipart/form-data with the photo as a file part: curl -F photo=@photo.jpg …';

/** Fields that mean something elsewhere: dropping them without a word would answer another question than was asked. */
const misplacedFields: ReadonlySet<string> = new Set(['url', 'image', 's3', 'items', 'top', 'explain']);

const maximumFields = 64;

interface FilePart {
  readonly name: string;
  readonly bytes: Uint8Array;
}

function badForm(what: string, cause?: unknown): ServiceError {
  return new ServiceError('bad_request', what, hint, { cause });
}

/**
 * The file parts of a form: one of them is one photo, several are items. Other fields are ignored.
 * @param contentType the whole header, since it holds the boundary
 * @throws ServiceError `bad_request` for a form that is broken, has no file, or names another source beside it
 */
export async function readForm(body: Uint8Array, contentType: string, maximumItems: number): Promise<PhotoRequest> {
  const parts = await readParts(body, contentType, maximumItems);
  // A browser sends a file field in which nothing was chosen as a part without a name and without bytes.
  const chosen = parts.filter((part) => part.name !== '' || part.bytes.length > 0);
  const [first] = chosen;
  if (first === undefined) throw badForm('There is no file in the form.');
  if (chosen.length === 1) return { kind: 'one', source: { kind: 'bytes', bytes: first.bytes } };
  return {
    kind: 'items',
    items: requireItemCount(chosen, maximumItems).map(({ bytes }) => ({ kind: 'bytes', bytes })),
  };
}

async function readParts(body: Uint8Array, contentType: string, maximumItems: number): Promise<readonly FilePart[]> {
  const form = openForm(contentType, maximumItems, body.length);
  const parts: Promise<FilePart>[] = [];
  const parsed = Promise.withResolvers<void>();
  form.on('file', (_field: string, stream: BusboyFileStream, name: string | undefined) => {
    const part = readPart(stream, name ?? 'photo');
    part.catch(parsed.reject);
    parts.push(part);
  });
  form.on('field', (field: string) => {
    if (misplacedFields.has(field)) parsed.reject(badForm(`The form has a field "${field}", which is no file.`));
  });
  for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) {
    form.on(limit, () => parsed.reject(badForm(`The form has more than ${maximumItems} files or too many fields.`)));
  }
  form.on('error', parsed.reject);
  form.on('finish', parsed.resolve);
  form.end(body);
  try {
    await parsed.promise;
    return await Promise.all(parts);
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
      limits: { files: maximumItems, fields: maximumFields, parts: maximumItems + maximumFields, headerPairs: 64 },
      isPartAFile: (_field, partType, fileName) =>
        fileName !== undefined || partType === 'application/octet-stream' || (partType ?? '').startsWith('image/'),
    });
  } catch (error) {
    throw badForm('The content type of the form lacks its boundary.', error);
  }
}

async function readPart(stream: BusboyFileStream, name: string): Promise<FilePart> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return { name, bytes: Buffer.concat(chunks) };
}
