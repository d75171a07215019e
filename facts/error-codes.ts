/** HTTP status of each error code of the service; the code is also the `errorType` of a failed direct invocation. */
export const statusByCode = {
  bad_request: 400,
  unauthorized: 401,
  url_not_allowed: 403,
  not_found: 404,
  method_not_allowed: 405,
  photo_too_large: 413,
  unsupported_format: 415,
  corrupt_photo: 422,
  fetch_failed: 424,
  internal_error: 500,
  busy: 503,
  too_slow: 504,
} as const;

export type ErrorCode = keyof typeof statusByCode;
