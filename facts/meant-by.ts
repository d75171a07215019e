/** Units that people write behind a number, as how many of the setting's own unit they are. */
const factorByUnit: Readonly<Record<string, number>> = {
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 1_024,
  mib: 1_048_576,
  gib: 1_073_741_824,
  b: 1,
  bytes: 1,
  ms: 1,
  s: 1_000,
  sec: 1_000,
  seconds: 1_000,
  min: 60_000,
  m: 60_000,
  mp: 1e6,
  megapixels: 1e6,
};

const meaningByVariable: Readonly<Record<string, (text: string) => string | undefined>> = {
  PHOTO_URL_ALLOWED_HOSTS: meantByHosts,
  PHOTO_BUCKETS: meantByBuckets,
  CORS_ORIGINS: meantByOrigins,
  PORT: meantByPort,
  HOST: meantByAddress,
};

/**
 * What somebody meant by a text that a setting does not take, as a sentence with the text to write instead; undefined where
 * that can't be told. For error messages alone.
 *
 * @param variable such as `MAXIMUM_PIXELS`
 */
export function meantBy(variable: string, text: string): string | undefined {
  if (text.trim() === '') return meantByBlank(variable);
  return (meaningByVariable[variable] ?? meantByNumber)(text.trim());
}

function meantByBlank(variable: string): string {
  return variable === 'PHOTO_URL_ALLOWED_HOSTS'
    ? 'Unset, it allows every public host; PHOTO_URL=off allows none.'
    : 'Unset, it has its default.';
}

function meantByHosts(text: string): string | undefined {
  for (const entry of text.split(',').map((each) => each.trim())) {
    if (entry === '*') return 'Unset, it allows every public host; *.example.com stands for the subdomains of one.';
    if (entry === '') return 'There is a comma too many.';
    const url = /^[a-z]+:\/\//i.test(entry) ? URL.parse(entry) : null;
    if (url !== null) return `Write a host without its scheme: ${url.host}.`;
    const [host = ''] = entry.split('/');
    if (host !== entry && host !== '') return `Write a host without a path: ${host}.`;
    if (/^[\da-f]*:[\da-f:]*$/i.test(entry) && entry.includes('::'))
      return `Write an address of IPv6 so: [${entry}]:8080.`;
    if (/^(?:localhost|[\d.]+|\[[\da-f:.]+\])$/i.test(entry))
      return `Write a private host with its port: ${entry}:8080.`;
  }
  return undefined;
}

function meantByBuckets(text: string): string | undefined {
  for (const entry of text.split(',').map((each) => each.trim())) {
    if (entry === '') return 'There is a comma too many.';
    const place = /^(?:s3:\/\/|arn:aws[\w-]*:s3:::)(.+)$/i.exec(entry)?.[1];
    const [withoutWildcard = ''] = (place ?? entry).split('*');
    if (place !== undefined || withoutWildcard !== entry) return `Write it so: ${withoutWildcard}.`;
  }
  return undefined;
}

function meantByOrigins(text: string): string | undefined {
  const entries = text.split(',').map((each) => each.trim());
  if (entries.includes('*')) return '* allows every page; no other origin is needed beside it.';
  for (const entry of entries) {
    if (entry === '') return 'There is a comma too many.';
    const url = URL.parse(/^[a-z]+:\/\//i.test(entry) ? entry : `https://${entry}`);
    if (url !== null && /^https?:$/.test(url.protocol) && url.origin !== entry) return `Write it so: ${url.origin}.`;
  }
  return undefined;
}

/** Kubernetes and Docker links set such a variable to a whole address. */
function meantByPort(text: string): string | undefined {
  const port = /(?:^|:)(\d{1,5})(?:\/(?:tcp|udp))?$/.exec(text)?.[1];
  return port === undefined || port === text ? undefined : `Write the number alone: ${port}.`;
}

function meantByAddress(text: string): string | undefined {
  const url = URL.parse(/^[a-z]+:\/\//i.test(text) ? text : `http://${text}`);
  const address = url?.hostname.replace(/^\[|\]$/g, '') ?? '';
  if (url === null || address === '' || address === text) return undefined;
  return `Write the address alone: ${address}${url.port === '' ? '' : `; the port is PORT=${url.port}`}.`;
}

function meantByNumber(text: string): string | undefined {
  const [, digits = '', unit = ''] = /^(\d[\d_,. ]*?(?:e\d{1,2})?) *([a-z]*)$/i.exec(text) ?? [];
  const factor = unit === '' ? 1 : factorByUnit[unit.toLowerCase()];
  const plain = /^\d{1,3}(?:([_, ])\d{3})(?:\1\d{3})*$/.test(digits) ? digits.replace(/\D/g, '') : digits;
  const number = Number(plain) * (factor ?? Number.NaN);
  return digits === '' || !Number.isSafeInteger(number) || String(number) === text
    ? undefined
    : `Write it so: ${number}.`;
}
