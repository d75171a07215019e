import { nodeCrypto } from '../../files/node-crypto.ts';

/**
 * The Content-Security-Policy under which the page runs: its inline script and style by their SHA-256, requests to its own
 * origin, pictures from there and from the browser's own memory, and nothing else (CSP Level 3, section 2.3.1).
 * @param folder an address that it may send to besides, and what lies below it
 */
export function contentSecurityPolicy(html: string, folder?: URL): string {
  const hashes = (tag: 'script' | 'style') =>
    [...html.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, 'g'))]
      .map(([, text = '']) => `'sha256-${nodeCrypto().createHash('sha256').update(text).digest('base64')}'`)
      .join(' ');
  return [
    "default-src 'none'",
    `script-src ${hashes('script')}`,
    `style-src ${hashes('style')}`,
    "img-src 'self' blob: data:",
    `connect-src 'self'${folder === undefined ? '' : ` ${toSource(folder)}`}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** A slash at the end covers what is below; these two would end the source (section 2.3.1). */
function toSource({ origin, pathname }: URL): string {
  return origin + pathname.replaceAll(';', '%3B').replaceAll(',', '%2C');
}
