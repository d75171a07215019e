import { authorize } from '../http/authorize.ts';
import { jsonResponse } from '../http/http-message.ts';
import type { Route } from '../http/router.ts';
import type { UploadSettings } from '../upload/offer-upload.ts';

/** `POST /upload`: where to put a photo that is too large for a request. What answers is loaded at the first one. */
export function createUploadRoute(settings: UploadSettings, secret: string | undefined): Route {
  return {
    method: 'POST',
    path: '/upload',
    async answer(request, { deadline }) {
      authorize(request, secret);
      const { offerUpload } = await import('../upload/offer-upload.ts');
      return jsonResponse(200, await deadline.race(() => offerUpload(request.readBody(), settings)));
    },
  };
}
