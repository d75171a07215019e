import type { ErrorCode } from './error-codes.ts';

/** When each error comes, as a phrase. Apart from the statuses, since a start of the function reads only those. */
export const meaningByCode: Readonly<Record<ErrorCode, string>> = {
  bad_request: 'no photo, more than one kind of source, unreadable JSON, base64 or form, an unknown option',
  unauthorized: 'a secret is set (`API_SECRET`), and it is missing or wrong',
  url_not_allowed:
    "the URL's scheme, host, port or address is refused, or the S3 bucket; or the page or host that asks a local server",
  not_found: 'there is nothing at that path',
  method_not_allowed: 'the path has other methods',
  photo_too_large: 'bytes or pixels over a limit; both numbers are said',
  unsupported_format: 'not JPEG, PNG or WebP, or a variant that is not decoded; what was found is said',
  corrupt_photo: 'damaged or cut short: there is no label for half a picture',
  fetch_failed: 'the other server answered badly or not in time',
  internal_error: 'a fault of the service; the log has the details under the id of the request',
  busy: 'there is no place, or none for this address: requests, uploads and look-ups at a time are bounded',
  too_slow: 'the work would pass the deadline',
};
