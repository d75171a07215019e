import { ServiceError } from '../invocation/service-error.ts';

const publicUrlHint =
  'Send a photo whose URL anyone on the internet can open, over http or https on port 80 or 443, or send the photo itself.';

/**
 * `url_not_allowed` for one rule, as a clause such as "its scheme is not http or https". `redirect` is 0 for the URL
 * that the caller sent, else the number of the redirect that led to the refused one. The rule must not name what the
 * other server sent or what a name resolved to: a stranger could map a private network with that.
 */
export function urlRefusal(rule: string, redirect: number, hint: string = publicUrlHint): ServiceError {
  const where = redirect === 0 ? 'The URL is refused' : `The URL is refused at redirect ${redirect}`;
  return new ServiceError('url_not_allowed', `${where}: ${rule}.`, hint);
}
