import { ServiceError } from '../invocation/service-error.ts';
import type { PhotoRequest } from './photo-source.ts';
import { isKnownField, maximumFields, readFields } from './read-fields.ts';

/** Whether a body of type urlencoded, or of none, holds fields and not a photo or a text. */
export function beginsAsUrlEncoded(beginning: string): boolean {
  return /^[\w.$%+[\]-]{1,100}=(?!=*$)/.test(beginning);
}

/**
 * What urlencoded fields ask about: `url=https://…`, `image=<base64>`, `s3=s3://…`, with `top=` and `explain=` beside it.
 * @throws ServiceError `bad_request`
 */
export function readUrlEncoded(body: Uint8Array): PhotoRequest {
  const text = Buffer.from(body).toString('utf8').trimEnd();
  if (text.split('&', maximumFields + 1).length > maximumFields) {
    throw new ServiceError('bad_request', `The body has more than ${maximumFields} fields.`, 'Send url= or image=.');
  }
  const fields = [...new URLSearchParams(text)].map(([name, value]) => [name.replace(/\[\]$/, ''), value] as const);
  const unknown = fields.find(([name]) => !isKnownField(name));
  if (unknown !== undefined) throw unknownField(...unknown, fields.length);
  // A plus sign that was not escaped has come out as a space, and no base64 has spaces.
  const { source, options } = readFields(
    fields.map(([name, value]) => [name, name === 'image' ? value.replaceAll(' ', '+') : value] as const),
  );
  if (source === undefined) throw new ServiceError('bad_request', 'There is no photo in the request.', fieldHint);
  return { kind: 'one', source, ...(options === undefined ? {} : { options }) };
}

const fieldHint = 'Send url=https://… or image=<base64>, a photo as it is with --data-binary, or a form with -F.';

function unknownField(name: string, value: string, fields: number): ServiceError {
  return new ServiceError(
    'bad_request',
    `The field ${JSON.stringify(name.slice(0, 40))} is not known here.`,
    value.startsWith('@')
      ? 'To send a file, use curl --data-binary @photo.jpg, or curl -F photo=@photo.jpg.'
      : fields > 1
        ? 'A URL with & in it must be escaped: curl --data-urlencode url=https://…'
        : fieldHint,
  );
}
